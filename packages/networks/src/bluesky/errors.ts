import { XRPCError } from '@atproto/xrpc';
import { lost } from '../http/index.ts';
import { NetworkError, type NetworkProblem } from '../port.ts';
import { DEFAULT_WAIT, LONGEST_WAIT } from './limits.ts';
import { toReport } from './mapper.ts';

/** Error names with one meaning wherever they appear: lexicons/com/atproto/{repo,server,sync}, packages/pds/src. */
const NAMED: Record<string, NetworkProblem> = {
  AccountDeactivated: 'deactivated',
  RepoDeactivated: 'deactivated',
  AccountTakedown: 'suspended',
  RepoTakendown: 'suspended',
  RepoSuspended: 'suspended',
  AuthFactorTokenRequired: 'second_factor',
  ExpiredToken: 'unauthorized',
  InvalidToken: 'unauthorized',
  ScopeMissingError: 'declined',
  HandleNotFound: 'not_found',
  RepoNotFound: 'not_found',
  /** Of a post whose conversation is asked for. */
  NotFound: 'not_found',
  InvalidSwap: 'fenced',
  RateLimitExceeded: 'limited',
};

/** How an error came about: a write may have happened although its answer was lost. */
export type Attempt = { write: boolean; now: Date };

/** Whether the access token has run out, so that a refresh may mend it. */
export function isExpired(error: unknown): boolean {
  return error instanceof XRPCError && error.error === 'ExpiredToken';
}

/** Any error of the official client or the transport beneath it, in the port's closed set. */
export function toNetworkError(error: unknown, attempt: Attempt): NetworkError {
  if (error instanceof NetworkError) return error;
  if (!(error instanceof XRPCError)) return lost(error, attempt.write);
  if (error.cause instanceof NetworkError) return error.cause;
  const problem = NAMED[error.error] ?? byStatus(error, attempt);
  if (problem === null) return lost(error.cause ?? error, attempt.write);
  const headers = error.headers ?? {};
  return new NetworkError(problem, {
    uncertain: attempt.write && (problem === 'untyped' || problem === 'down'),
    until: problem === 'limited' ? until(headers, attempt.now) : null,
    report: toReport(headers),
    cause: error,
  });
}

/** What a status means when the name doesn't say; null where there was no answer to read. */
function byStatus(error: XRPCError, attempt: Attempt): NetworkProblem | null {
  switch (error.status as number) {
    case 1:
    case 2:
      return null;
    case 400:
      return /^((Profile|Actor|List|Starter pack) not found|Unable to resolve handle|Could not find repo)/.test(
        error.message,
      )
        ? 'not_found'
        : 'rejected';
    case 401:
      return 'unauthorized';
    case 404:
    case 502:
    case 503:
    case 504:
      return 'down';
    case 429:
      return 'limited';
    case 500:
      return attempt.write ? 'untyped' : 'down';
    default:
      return 'rejected';
  }
}

/** When a spent budget is full again: `ratelimit-reset` (unix seconds), else `retry-after` (seconds), never past a day. */
function until(headers: Record<string, string | undefined>, now: Date): Date {
  const reset = Number(headers['ratelimit-reset'] ?? Number.NaN) * 1_000;
  const after = Number(headers['retry-after'] ?? Number.NaN) * 1_000;
  const wait = Number.isFinite(reset) ? reset - now.getTime() : Number.isFinite(after) ? after : DEFAULT_WAIT;
  return new Date(now.getTime() + Math.min(Math.max(wait, 1_000), LONGEST_WAIT));
}
