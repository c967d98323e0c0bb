import type { LimitStatus } from '../limits/windows.ts';
import { allows, type Need, nameOf } from '../oauth/scopes.ts';
import type { Site } from '../site.ts';
import { type Person, personByDid } from '../state/people.ts';
import { invalid, XrpcError } from './errors.ts';

/** Whose credentials came with a request, and what they allow: null is everything. */
export type Signer = { did: string; scope: string | null };

/** One request to a method. */
export type Call = {
  site: Site;
  params: URLSearchParams;
  body: unknown;
  /** The token as sent, null without one. */
  token: string | null;
  /** What the token proves as an access token: whose it is, an error, or nothing without a token. */
  session: Signer | XrpcError | null;
  /** The caller's address. */
  address: string;
  /** Notes what a use did to a limit; throws when it went beyond. */
  charge(status: LimitStatus): void;
};

/** A method of the wire protocol. `run` returns JSON text, or what becomes it; null is an empty reply. */
export type Method = {
  verb: 'GET' | 'POST';
  /** Whether the account's server answers it: those count against the caller's address. */
  pds: boolean;
  /** Counts what the request asks for, before anything can go wrong with it. */
  arrived?(call: Call, did: string): void;
  run(call: Call): string | object | null;
};

/** Whoever signed in, in good standing; throws what the real server answers otherwise. */
export function signedIn(call: Call): Person {
  if (call.session === null) throw new XrpcError(401, 'AuthMissing', 'Authentication Required');
  if (call.session instanceof XrpcError) throw call.session;
  const person = personByDid(call.site.state, call.session.did);
  if (person === null || person.status === 'deleted') throw invalid('Token could not be verified', 'InvalidToken');
  if (person.status === 'deactivated') throw new XrpcError(401, 'AccountDeactivated', 'Account is deactivated');
  if (person.status === 'suspended') throw new XrpcError(401, 'AccountTakedown', 'Account has been taken down');
  return person;
}

/** Refuses what the credentials do not allow. */
export function permit(call: Call, need: Need): void {
  const scope = call.session === null || call.session instanceof XrpcError ? null : call.session.scope;
  if (scope === null || allows(scope, need)) return;
  throw new XrpcError(403, 'ScopeMissingError', `Missing required scope "${nameOf(need)}"`);
}

/** Whoever looks, null for a stranger. A bad token is an error even where none is needed. */
export function viewerOf(call: Call): string | null {
  return call.session === null ? null : signedIn(call).did;
}

export function requiredParam(call: Call, name: string): string {
  const value = call.params.get(name);
  if (value === null || value === '') throw invalid(`Error: Params must have the property "${name}"`);
  return value;
}

/** `limit` as all lists take it: 1 to 100, 50 when left out. */
export function limitParam(call: Call): number {
  const text = call.params.get('limit');
  if (text === null) return 50;
  const limit = Number(text);
  if (!Number.isInteger(limit)) throw invalid('Error: limit must be an integer');
  if (limit < 1) throw invalid('Error: limit can not be less than 1');
  if (limit > 100) throw invalid('Error: limit can not be greater than 100');
  return limit;
}

/** The body as an object, whatever was sent. */
export function bodyOf(call: Call): Record<string, unknown> {
  if (typeof call.body !== 'object' || call.body === null || Array.isArray(call.body))
    throw invalid('Error: Input must be an object');
  return call.body as Record<string, unknown>;
}

export function textIn(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  if (typeof value !== 'string') throw invalid(`Error: Input must have the property "${name}"`);
  return value;
}
