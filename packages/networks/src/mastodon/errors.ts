import { type Attempt, lost } from '../http/index.ts';
import { NetworkError, type NetworkProblem } from '../port.ts';
import { DEFAULT_WAIT, LONGEST_WAIT } from './limits.ts';
import { toReport } from './mapper.ts';

/** An answer that is no success. Its status decides what it means, its words never do: they differ from server to server. */
export class Refused extends Error {
  readonly status: number;
  readonly headers: Headers;
  /** Whether the API said it, and not something that stands before or in place of it. */
  readonly json: boolean;
  readonly paging: boolean;
  constructor(status: number, headers: Headers, more: { json: boolean; paging: boolean }) {
    super(`answered ${status}`);
    this.name = 'Refused';
    this.status = status;
    this.headers = headers;
    this.json = more.json;
    this.paging = more.paging;
  }
}

/** Any error of a call or the transport beneath it, in the port's closed set. */
export function toNetworkError(error: unknown, attempt: Attempt): NetworkError {
  if (error instanceof NetworkError) return error;
  if (!(error instanceof Refused)) return lost(error, attempt.write);
  const problem = meaning(error, attempt);
  return new NetworkError(problem, {
    uncertain: attempt.write && (problem === 'untyped' || (problem === 'down' && error.status >= 500)),
    until: problem === 'limited' ? until(error.headers, attempt.now) : null,
    report: error.paging ? null : toReport(error.headers, attempt.now),
    cause: error,
  });
}

function meaning({ status, json, headers }: Refused, { write, allowed }: Attempt): NetworkProblem {
  if (status === 429) return 'limited';
  // A server moved for good is reached again by the person who knows where to.
  if (status === 301 || status === 308) return allowed === null ? 'not_found' : 'unauthorized';
  // Not every server says it in JSON; what asks for a password stands before one.
  if (status === 401 && allowed !== null && !/^basic/i.test(headers.get('www-authenticate') ?? ''))
    return 'unauthorized';
  // A proxy's page says nothing about the account, whatever its status.
  if (!json && status !== 500) return 'down';
  switch (status) {
    case 401:
      return 'rejected';
    case 403:
      // With the right in hand it is the account that may not: put away, not confirmed, or waiting for approval.
      return allowed === true ? 'deactivated' : 'declined';
    case 404:
    case 410:
      return 'not_found';
    case 408:
    case 421:
    case 425:
      return 'down';
    case 422:
      // Of a write with an account's token: somebody else just made the same. Reading back tells.
      return write && allowed !== null ? 'untyped' : 'rejected';
    case 500:
      return write ? 'untyped' : 'down';
    default:
      return status < 400 || status > 500 ? 'down' : 'rejected';
  }
}

/** When a spent budget is full again: `X-RateLimit-Reset` (a date), else `Retry-After` (seconds), never past an hour. */
function until(headers: Headers, now: Date): Date {
  const reset = Date.parse(headers.get('x-ratelimit-reset') ?? '');
  const after = Number(headers.get('retry-after') ?? Number.NaN) * 1_000;
  const wait = Number.isFinite(reset) ? reset - now.getTime() : Number.isFinite(after) ? after : DEFAULT_WAIT;
  return new Date(now.getTime() + Math.min(Math.max(wait, 1_000), LONGEST_WAIT));
}
