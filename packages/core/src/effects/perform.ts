import { NetworkError } from '@secateur/networks/port';
import type { Acting } from '../connections/index.ts';
import { meaningOf } from '../connections/index.ts';
import { applyKeyed, applyOneByOne } from './perform-apply.ts';
import { liftKeyed, liftOneByOne } from './perform-lift.ts';
import { settle } from './settle.ts';
import type { Chunk, Claimed, Report } from './types.ts';

/** A report in the making. */
export type Draft = Report;

/** Does a chunk on the network and says what became of it. Reads and writes nothing of ours; throws nothing expected. */
export async function perform(acting: Acting, chunk: Chunk, at: Date): Promise<Report> {
  const draft: Draft = {
    applied: [],
    lifted: [],
    undone: [],
    byHand: [],
    own: [],
    retry: [],
    stillHeld: [],
    found: [],
    head: chunk.head,
    mark: chunk.mark,
    limit: null,
    extraPoints: 0,
    trouble: null,
  };
  try {
    if (chunk.unsettled) await settle(acting, chunk.unsettled, draft);
    if (chunk.lifts) {
      const keyed = acting.port.abilities[chunk.lifts.action]?.keyed;
      await (keyed ? liftKeyed : liftOneByOne)(acting, chunk.lifts, draft);
    }
    if (chunk.applies) {
      if (draft.trouble) for (const claimed of chunk.applies.items) retry(draft, claimed, false, draft.trouble.problem);
      else {
        const keyed = acting.port.abilities[chunk.applies.action]?.keyed;
        await (keyed ? applyKeyed : applyOneByOne)(acting, chunk.applies, draft, at);
      }
    }
  } catch (error) {
    stop(draft, error);
  }
  return draft;
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
  const why =
    error.problem === 'limited'
      ? 'budget'
      : error.problem === 'unauthorized' || error.problem === 'deactivated' || error.problem === 'suspended'
        ? 'connection'
        : 'network';
  draft.trouble ??= { why, until: error.until, problem };
}
