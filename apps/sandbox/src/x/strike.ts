import type { ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.ts';
import { HTML_TYPE, JSON_TYPE, reply } from '../http/reply.ts';
import type { Call } from './call.ts';
import {
  noCredits,
  notEnrolled,
  type Problem,
  spendCapped,
  tooMany,
  unauthorized,
  unavailable,
  usageCapped,
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
  const limited = fault.kind === '429' ? spent(call, fault.retryAfterSeconds ?? 60) : headers;
  reply(res, problem.status, JSON_TYPE, JSON.stringify(problem.body), limited);
  return true;
}

function problemOf({ kind }: Fault, call: Call): Problem | null {
  switch (kind) {
    case '429':
      return tooMany();
    case '500':
    case '502':
    case '503':
      return unavailable(Number(kind));
    case 'token-revoked':
      if (call.by === null || call.by === 'app') return null;
      call.site.record({ t: 'x-grant', ...call.by, dead: true });
      return unauthorized();
    case 'expired-token':
      return unauthorized();
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

function spent({ site }: Call, seconds: number): string[] {
  const reset = Math.ceil(site.clock.now() / 1_000) + seconds;
  return ['x-rate-limit-limit', '50', 'x-rate-limit-remaining', '0', 'x-rate-limit-reset', String(reset)];
}
