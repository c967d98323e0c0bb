import { FetchResponseError, OAuthCallbackError, OAuthResponseError } from '@atproto/oauth-client-node';
import { AddressRefused } from '../../http/index.ts';
import { NetworkError, type NetworkProblem } from '../../port.ts';
import { DEFAULT_WAIT, LONGEST_WAIT } from '../limits.ts';

/** What the server's refusal of a code or a refresh token means where it was given. */
export type Meaning = { now: Date; refused: NetworkProblem };

/** Errors in an answer that the browser brought: RFC 6749 §4.1.2.1. */
const IN_ANSWER: Record<string, NetworkProblem> = {
  access_denied: 'declined',
  server_error: 'down',
  temporarily_unavailable: 'down',
};

/**
 * Any error of the OAuth library, in the port's closed set. Nothing of it is kept but its kind: the library's errors
 * carry codes and tokens.
 */
export function toOAuthError(error: unknown, meaning: Meaning): NetworkError {
  for (const one of chain(error)) {
    const problem = meansItself(one, meaning);
    if (problem) return problem;
  }
  if (error instanceof OAuthCallbackError) {
    const said = error.params.get('error');
    return new NetworkError((said !== null && IN_ANSWER[said]) || 'rejected', { message: 'OAuth: an answer in error' });
  }
  const name = error instanceof Error ? error.name : typeof error;
  return new NetworkError('down', { message: `OAuth: ${name}` });
}

function meansItself(one: unknown, { now, refused }: Meaning): NetworkError | null {
  if (one instanceof NetworkError) return one;
  if (one instanceof AddressRefused)
    return new NetworkError('rejected', { message: 'an address that may not be called' });
  if (one instanceof OAuthResponseError) {
    const message = `OAuth: ${one.status}`;
    if (one.status === 429) return new NetworkError('limited', { until: until(one.headers, now), message });
    if (one.status >= 500) return new NetworkError('down', { message });
    return new NetworkError(one.error === 'invalid_grant' ? refused : 'rejected', { message });
  }
  if (one instanceof FetchResponseError) {
    const { status, url } = one.response;
    // What has no description of its OAuth speaks none; what has no identity is nobody.
    if (status === 404)
      return new NetworkError(/well-known\/oauth/.test(url || one.message) ? 'rejected' : 'not_found');
    return new NetworkError('down', { message: `OAuth: ${status}` });
  }
  // The library does not export it, and gives it no name of its own.
  if (one instanceof Error && one.constructor.name === 'AuthMethodUnsatisfiableError') return new NetworkError(refused);
  // The account's server is no longer the one that the session was made with.
  if (one instanceof TypeError && one.message === 'Issuer mismatch') return new NetworkError(refused);
  return null;
}

/** An error and what caused it, the outermost first. */
function* chain(error: unknown): Generator<unknown> {
  for (let one: unknown = error, depth = 0; one !== undefined && depth < 8; depth++) {
    yield one;
    one = one instanceof Error ? one.cause : undefined;
  }
}

function until(headers: Headers, now: Date): Date {
  const after = Number(headers.get('retry-after') ?? Number.NaN) * 1_000;
  const wait = Number.isFinite(after) ? after : DEFAULT_WAIT;
  return new Date(now.getTime() + Math.min(Math.max(wait, 1_000), LONGEST_WAIT));
}

/** Whether a server would not have the scope: it knows none of the kind. */
export function isRefusedScope(error: unknown): boolean {
  for (const one of chain(error)) if (one instanceof OAuthResponseError) return one.error === 'invalid_scope';
  return false;
}
