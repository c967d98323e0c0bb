import type { ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.ts';
import { HTML_TYPE, JSON_TYPE, reply } from '../http/reply.ts';
import type { Call } from './call.ts';
import {
  documentedLimit,
  invalid,
  noCredits,
  notAuthorized,
  notEnrolled,
  Problem,
  spendCapped,
  suspended,
  tooMany,
  unauthorized,
  unavailable,
  usageCapped,
  wrongToken,
} from './problem.ts';

const PAGE = '<!doctype html><html lang="en"><title>Just a moment</title><p>Please wait.';

/** Answers with a fault instead of the method; false where it lets the method answer. */
export function strikeWith(
  fault: Fault,
  call: Call,
  res: ServerResponse,
  headers: string[],
  note: (status: number) => void,
): boolean {
  const page = fault.kind === 'html' ? 200 : fault.kind === 'proxy-page' ? 403 : null;
  if (page !== null) {
    note(page);
    reply(res, page, HTML_TYPE, PAGE);
    return true;
  }
  const problem = problemOf(fault, call);
  if (problem === null) return false;
  note(problem.status);
  const limited = problem.status === 429 && fault.kind !== 'usage-capped' ? spent(call, fault) : headers;
  reply(res, problem.status, JSON_TYPE, JSON.stringify(problem.body), limited);
  return true;
}

function problemOf({ kind }: Fault, call: Call): Problem | null {
  switch (kind) {
    case '400':
      return invalid('One of the parameters is not what it should be');
    case '429':
    case 'day-limit':
      return tooMany();
    case '429-by-code':
      return documentedLimit();
    case '500':
    case '502':
    case '503':
    case '504':
      return unavailable(Number(kind));
    case 'token-revoked':
      if (call.by === null || call.by === 'app') return null;
      call.site.record({ t: 'x-grant', ...call.by, dead: true });
      return unauthorized();
    case 'expired-token':
      return unauthorized();
    case 'app-only':
      return wrongToken();
    case 'unseen':
      return about(notAuthorized(subjectOf(call)));
    case 'taken-down':
      return about(suspended({ value: subjectOf(call), by: 'id', kind: 'user', parameter: 'id' }));
    case 'unpaid':
      return noCredits();
    case 'usage-capped':
      return usageCapped();
    case 'spend-capped':
      return spendCapped();
    case 'not-enrolled':
      return notEnrolled();
    default:
      return null;
  }
}

/** Not an answer in error: it stands in place of the data. */
function about(error: object): Problem {
  return new Problem(200, { errors: [error] });
}

/** Whom a request is about. */
function subjectOf({ body, path }: Call): string {
  return typeof body.target_user_id === 'string' ? body.target_user_id : (path.at(-1) ?? '');
}

/** A day's limit has headers of its own, beside those of the window, of which there is some left. */
function spent({ site }: Call, { kind, retryAfterSeconds = 60 }: Fault): string[] {
  const now = Math.ceil(site.clock.now() / 1_000);
  const day = kind === 'day-limit';
  const window = limitHeaders('x-rate-limit', 50, day ? 12 : 0, now + (day ? 60 : retryAfterSeconds));
  return day ? [...window, ...limitHeaders('x-user-limit-24hour', 500, 0, now + retryAfterSeconds)] : window;
}

function limitHeaders(name: string, limit: number, remaining: number, reset: number): string[] {
  return [`${name}-limit`, String(limit), `${name}-remaining`, String(remaining), `${name}-reset`, String(reset)];
}
