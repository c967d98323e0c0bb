import type { Acting } from '../connections/index.ts';
import { newDraft, retry, stop } from './draft.ts';
import { applyKeyed, applyOneByOne, type Looked } from './perform-apply.ts';
import { liftKeyed, liftOneByOne } from './perform-lift.ts';
import { renew } from './renew.ts';
import { settle } from './settle.ts';
import type { Chunk, Report } from './types.ts';

/**
 * Does a chunk on the network and says what became of it. Writes nothing of ours but, through `looked`, what it is about to
 * send; throws nothing expected.
 */
export async function perform(acting: Acting, chunk: Chunk, at: Date, looked: Looked): Promise<Report> {
  const draft = newDraft(chunk);
  try {
    if (chunk.unsettled) await settle(acting, chunk.unsettled, draft);
    if (chunk.lifts) {
      const keyed = acting.port.abilities[chunk.lifts.action]?.keyed;
      await (keyed ? liftKeyed : liftOneByOne)(acting, chunk.lifts, draft);
    }
    if (chunk.renewals && !draft.trouble) await renew(acting, chunk.renewals, draft, at);
    if (chunk.applies) {
      if (draft.trouble) for (const claimed of chunk.applies.items) retry(draft, claimed, false, draft.trouble.problem);
      else {
        const keyed = acting.port.abilities[chunk.applies.action]?.keyed;
        if (keyed) await applyKeyed(acting, chunk.applies, draft, at);
        else await applyOneByOne(acting, chunk.applies, draft, at, looked);
      }
    }
  } catch (error) {
    stop(draft, error);
  }
  return draft;
}
