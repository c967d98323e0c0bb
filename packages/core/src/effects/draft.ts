import { NetworkError, type NetworkProblem } from '@secateur/networks/port';
import { meaningOf } from '../connections/index.ts';
import type { Chunk, Claimed, Report } from './types.ts';

/** What a turn that a network's refusal ends waits for; the network itself, where nothing is said here. */
const WHY: Partial<Record<NetworkProblem, NonNullable<Report['trouble']>['why']>> = {
  limited: 'budget',
  unauthorized: 'connection',
  declined: 'connection',
  deactivated: 'connection',
  suspended: 'connection',
  unpaid: 'unpaid',
  capped: 'capped',
  no_access: 'closed',
};

/** A report in the making. */
export type Draft = Report;

/** An empty one: what is known before anything was sent. */
export function newDraft(chunk: Chunk): Draft {
  return {
    applied: [],
    lifted: [],
    undone: [],
    byHand: [],
    own: [],
    related: [],
    retry: [],
    stillHeld: [],
    found: [],
    head: chunk.head,
    mark: chunk.mark,
    limit: null,
    extraPoints: 0,
    trouble: null,
  };
}

/** Certainly not done: due again. `counts` when trying again may never help. */
export function retry(draft: Draft, claimed: Claimed, counts: boolean, problem: string): void {
  draft.retry.push({ claimed, counts, problem });
}

/** Notes why the turn can't go on. Anything that isn't the network's refusal is a fault and is thrown. */
export function stop(draft: Draft, error: unknown): void {
  if (!(error instanceof NetworkError)) throw error;
  const problem = meaningOf(error);
  draft.limit = error.report ?? draft.limit;
  const why = WHY[error.problem] ?? 'network';
  // A cap may be raised at any time by whoever runs this: it is tried again before the month is over.
  draft.trouble ??= { why, until: why === 'capped' ? null : error.until, problem };
}
