import type { Site } from '../site.ts';
import type { XGrant } from './events.ts';
import { personByRef, type XPerson } from './people.ts';
import type { Priced } from './prices.ts';
import { forbidden, invalid, unauthorized, wrongToken } from './problem.ts';

/** One request. */
export type Call = {
  site: Site;
  params: URLSearchParams;
  body: Record<string, unknown>;
  /** What stands in the path, in order. */
  path: string[];
  /** Who asks: the app itself, or an account through it. Null for neither. */
  by: 'app' | XGrant | null;
  /** Whether this app is not told how people stand to whoever asks. */
  untold: boolean;
  /** What has to be paid for: what the answer holds, or with null the request itself. */
  owed: { kind: Priced; resources: string[] | null }[];
};

/** Whoever signed in, with these scopes; throws what the real one answers otherwise. */
export function signedIn(call: Call, ...scopes: string[]): XPerson {
  const { site, by } = call;
  if (by === null) throw unauthorized();
  if (by === 'app') throw wrongToken();
  const granted = by.scope.split(' ');
  if (!['users.read', 'tweet.read', ...scopes].every((scope) => granted.includes(scope))) throw forbidden();
  const person = personByRef(site, by.ref);
  if (person === null || person.status !== 'active') throw forbidden();
  return person;
}

/** Whoever asks: null for the app. */
export function viewerOf(call: Call, ...scopes: string[]): XPerson | null {
  return call.by === 'app' ? null : signedIn(call, ...scopes);
}

/** `max_results`. */
export function countIn({ params }: Call, least: number, usual: number, most: number): number {
  const text = params.get('max_results');
  if (text === null) return usual;
  const count = Number(text);
  if (!Number.isInteger(count) || count < least || count > most)
    throw invalid(`The \`max_results\` query parameter value [${text}] is not between ${least} and ${most}`);
  return count;
}

/** Where a page begins, by `pagination_token` or, in searches, `next_token`. */
export function placeIn({ params }: Call): number {
  const token = params.get('pagination_token') ?? params.get('next_token');
  if (token === null) return 0;
  const place = /^page-(\d+)-/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (place === undefined) throw invalid(`The \`pagination_token\` query parameter value [${token}] is not valid`);
  return Number(place);
}

/** At least 16 characters, and says nothing. */
export function tokenFor(place: number): string {
  return Buffer.from(`page-${place}-of-a-list`).toString('base64url');
}
