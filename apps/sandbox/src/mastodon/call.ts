import type { Site } from '../site.ts';
import { ApiError } from './errors.ts';
import type { FediToken } from './events.ts';
import { type FediPerson, isKnown, personByRef } from './people.ts';
import { refByLocalId } from './refs.ts';
import type { Server } from './servers.ts';

/** One request to a server. */
export type Call = {
  site: Site;
  server: Server;
  params: URLSearchParams;
  body: Record<string, unknown>;
  /** The living token that came with it, null without one. */
  token: FediToken | null;
  /** Whose id stands in the path. */
  id: string;
  path: string;
  /** Whether the other server has not answered yet about whom this one does not know. */
  unknownYet: boolean;
  /** Whom a list showed, in its order. */
  seen: number[];
  /** Further headers of the answer: names and values in turn. */
  headers: string[];
};

/** Whoever signed in, allowed to do this; throws what the real server answers otherwise. */
export function signedIn(call: Call, scope: string | readonly string[]): FediPerson {
  const { site, token } = call;
  if (token === null) throw new ApiError(401, 'The access token is invalid');
  if (![scope].flat().some((one) => covers(token.scopes, one)))
    throw new ApiError(403, 'This action is outside the authorized scopes');
  if (token.ref === null) throw new ApiError(422, 'This method requires an authenticated user');
  const person = personByRef(site, token.ref);
  if (person === null || person.status !== 'active') throw new ApiError(403, 'Your login is currently disabled');
  return person;
}

/** Whoever looks, null for a stranger; throws where strangers are shown nothing. */
export function viewerOf(call: Call, scope: string): FediPerson | null {
  if (call.token === null && !call.server.open) throw new ApiError(401, 'Unauthorized: token not supplied');
  return call.token === null ? null : signedIn(call, scope);
}

/** Whether granted scopes allow one: `write` allows `write:blocks`. */
export function covers(granted: string, scope: string): boolean {
  const all = granted.split(' ');
  if (all.includes(scope) || all.includes(scope.replace(/:.*/, ''))) return true;
  return all.includes('follow') && /:(blocks|mutes|follows)$/.test(scope);
}

/** The person whose id stands in the path, as far as this server knows them. */
export function subjectOf(call: Call, id: string = call.id): FediPerson {
  const ref = refByLocalId(id, call.server.index);
  const person = ref === null ? null : personByRef(call.site, ref);
  if (person === null || person.status === 'deleted' || !isKnown(call.site, call.server, person))
    throw new ApiError(404, 'Record not found');
  return person;
}
