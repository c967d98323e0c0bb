import { type Attempt, lost } from '../http/index.ts';
import { NetworkError, type NetworkProblem } from '../port.ts';
import { DEFAULT_WAIT, LONGEST_WAIT } from './limits.ts';
import { toReport } from './mapper.ts';
import type { Problem } from './schemas.ts';

/** An answer that is no success. Its status and the name of its problem decide what it means, its sentences never do. */
export class Refused extends Error {
  readonly status: number;
  readonly headers: Headers;
  /** What it says is wrong; null where it is not the API's answer. */
  readonly said: Problem | null;
  constructor(status: number, headers: Headers, said: Problem | null) {
    super(`answered ${status}`);
    this.name = 'Refused';
    this.status = status;
    this.headers = headers;
    this.said = said;
  }
}

/** Any error of a call or the transport beneath it, in the port's closed set. */
export function toNetworkError(error: unknown, attempt: Attempt): NetworkError {
  if (error instanceof NetworkError) return error;
  if (!(error instanceof Refused)) return lost(error, attempt.write);
  const problem = meaning(error, attempt);
  return new NetworkError(problem, {
    uncertain: attempt.write && (problem === 'untyped' || (problem === 'down' && error.status >= 500)),
    until: waitOf(problem, error.headers, attempt.now),
    report: toReport(error.headers, attempt.now),
    cause: error,
  });
}

/** The last word of a problem's `type`: its host was api.twitter.com and is api.x.com, so only the end counts. */
function nameOf({ type }: Problem): string {
  return /\/problems\/([\w-]+)$/.exec(type ?? '')?.[1] ?? '';
}

/** What an answer says of one account that is not in it. */
export function missing(said: Problem | undefined): NetworkProblem {
  if (said === undefined) return 'not_found';
  if (nameOf(said) === 'not-authorized-for-resource') return 'declined';
  return said.title === 'Forbidden' ? 'suspended' : 'not_found';
}

function meaning({ status, said }: Refused, { write, allowed }: Attempt): NetworkProblem {
  const name = said === null ? '' : nameOf(said);
  switch (status) {
    case 402:
      return 'unpaid';
    case 429:
      return name === 'usage-capped' || said?.title === 'UsageCapExceeded' ? 'capped' : 'limited';
    case 401:
      // Without an account it is our own key that was refused.
      return allowed === null ? 'no_access' : 'unauthorized';
    case 403:
      return forbidden(name, said, allowed);
    case 404:
    case 410:
      return said === null ? 'down' : 'not_found';
    case 408:
      return 'down';
    case 500:
      return write ? 'untyped' : 'down';
    default:
      return status < 400 || status > 500 || said === null ? 'down' : 'rejected';
  }
}

/** A 403 is about our app, about the account, or about what it may do: the problem's name and the granted scope tell. */
function forbidden(name: string, said: Problem | null, allowed: boolean | null): NetworkProblem {
  // What stands before the API says nothing about anybody.
  if (said === null) return 'down';
  // Credits that are there and may not be spent: without any it is a 402.
  if (name === 'credits' || name === 'usage-capped') return 'capped';
  if (name === 'client-forbidden' || name === 'unsupported-authentication' || allowed === null) return 'no_access';
  if (name === 'not-authorized-for-resource' || !allowed) return 'declined';
  return 'deactivated';
}

function waitOf(problem: NetworkProblem, headers: Headers, now: Date): Date | null {
  if (problem === 'capped') return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
  return problem === 'limited' ? resetOf(headers, now) : null;
}

/** `x-rate-limit-reset`, or a day's where that is what ran out: seconds since 1970, never past a day. */
function resetOf(headers: Headers, now: Date): Date {
  const spent = ['x-rate-limit', 'x-user-limit-24hour', 'x-app-limit-24hour'].filter(
    (name) => headers.get(`${name}-remaining`) === '0',
  );
  const resets = spent.map((name) => Number(headers.get(`${name}-reset`) ?? Number.NaN) * 1_000);
  const known = resets.filter(Number.isFinite);
  const wait = known.length > 0 ? Math.max(...known) - now.getTime() : DEFAULT_WAIT;
  return new Date(now.getTime() + Math.min(Math.max(wait, 1_000), LONGEST_WAIT));
}
