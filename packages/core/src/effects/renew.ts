import { NetworkError } from '@secateur/networks/port';
import type { Acting } from '../connections/index.ts';
import { type Draft, stop } from './draft.ts';
import { heldNow } from './relations.ts';
import type { Chunk } from './types.ts';

/**
 * Tells the network until when to hold on to what it would end by itself. What the user ended by hand is not made again. What
 * comes to nothing is tried again at the next look, which is in time.
 */
export async function renew(
  acting: Acting,
  { action, items }: NonNullable<Chunk['renewals']>,
  draft: Draft,
  at: Date,
): Promise<void> {
  try {
    const held = await heldNow(acting, action, items);
    if (held === null) return;
    for (const claimed of items) {
      if (!held.has(claimed.nativeId)) draft.undone.push({ action, claimed });
      else draft.limit = (await acting.account.apply(action, [claimed], null, at)).report ?? draft.limit;
    }
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    stop(draft, error);
  }
}
