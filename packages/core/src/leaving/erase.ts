import type { Tx } from '@secateur/db';

/**
 * Erases what was kept to act for an account: its credentials, its own people, and what it held by hand. What shields did
 * on it stays as their history.
 */
export async function erase(
  tx: Tx,
  tenantId: string,
  connectionId: string,
  accountId: string | null,
  now: Date,
): Promise<void> {
  await tx.connection.update({
    where: { tenantId_id: { tenantId, id: connectionId } },
    data: {
      state: 'gone',
      sealed: null,
      problem: null,
      wakeAt: null,
      tendAt: null,
      goneAt: now,
      version: { increment: 1 },
    },
  });
  await tx.renewal.deleteMany({ where: { tenantId, connectionId } });
  if (accountId === null) return;
  await tx.person.deleteMany({ where: { tenantId, accountId } });
  await tx.heldByHand.deleteMany({ where: { tenantId, accountId } });
  await tx.reading.deleteMany({ where: { tenantId, accountId } });
  await tx.networkAccount.updateMany({ where: { tenantId, accountId }, data: { wakeAt: null, waiting: null } });
}
