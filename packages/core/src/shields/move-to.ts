import type { Tx } from '@secateur/db';
import type { Source } from './crowds.ts';

/** Writes how far a source was taken, and how many of that stretch were meant; whoever goes on with it here sees it too. */
export async function moveTo(
  tx: Tx,
  ref: { tenantId: string; shieldId: string },
  source: Source,
  to: number,
  meant: number,
): Promise<void> {
  source.plannedTo = to;
  source.meant += meant;
  await tx.source.update({
    where: { tenantId_shieldId_ordinal: { ...ref, ordinal: source.ordinal } },
    data: { plannedTo: to, meant: source.meant },
  });
}
