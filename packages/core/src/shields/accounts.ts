import type { Tx } from '@secateur/db';

/** The accounts that a shield acts on, in the order of their ids. */
export async function accountsOf(tx: Tx, tenantId: string, shieldId: string): Promise<string[]> {
  const rows = await tx.shieldConnection.findMany({
    where: { tenantId, shieldId },
    select: { accountId: true },
    orderBy: { accountId: 'asc' },
  });
  return rows.map((row) => row.accountId);
}
