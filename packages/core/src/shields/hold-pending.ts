import type { Tx } from '@secateur/db';
import { holdTokens } from '../quotas/index.ts';

/** Holds tokens for what is pending on these accounts beyond what the shield holds already, as far as there are any. */
export async function holdPending(
  tx: Tx,
  ref: { tenantId: string; shieldId: string },
  accountIds: string[],
  now: Date,
): Promise<void> {
  for (const accountId of accountIds) {
    const key = { tenantId_shieldId_accountId: { ...ref, accountId } };
    const row = await tx.shieldConnection.findUniqueOrThrow({ where: key });
    if (row.tokensHeld >= row.pending) continue;
    const more = await holdTokens(tx, { tenantId: ref.tenantId, accountId }, row.pending - row.tokensHeld, now);
    await tx.shieldConnection.update({ where: key, data: { tokensHeld: { increment: more } } });
  }
}
