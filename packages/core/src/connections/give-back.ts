import { withTenant } from '@secateur/db';
import type { WorkerContext } from '../context/index.ts';
import { actingFor } from './acting.ts';
import { openCredentials } from './credentials.ts';
import { isShared } from './return.ts';

/** Gives a connection's credentials back to its network, unless another connection goes on with the same grant. */
export async function giveBack(ctx: WorkerContext, tenantId: string, connectionId: string): Promise<void> {
  try {
    const { port, account } = await actingFor(ctx, tenantId, connectionId);
    const row = await withTenant(ctx.prisma, tenantId, (tx) =>
      tx.connection.findUnique({ where: { tenantId_id: { tenantId, id: connectionId } } }),
    );
    if (!row?.sealed) return;
    const { text } = await openCredentials(ctx, { ...row, sealed: row.sealed });
    if (await isShared(ctx, port, text, { accountId: row.accountId, connectionId })) return;
    await account.giveBack();
  } catch {
    // They are erased here in any case, and nobody waits for it.
  }
}
