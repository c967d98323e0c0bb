import { MINUTE } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { Context } from '../context/index.ts';
import { shredTenantKeys } from '../secrets/index.ts';
import { lockAndLoad } from './load.ts';
import { stageOf } from './policy/index.ts';

/**
 * Destroys the tenant's keys, in the transaction that writes down how many they were. From its commit on nobody acts in the
 * tenant, and nobody calls the deletion off. Does nothing where an account is still there, or it was called off meanwhile.
 */
export async function shred(ctx: Context, tenantId: string): Promise<void> {
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const deletion = await lockAndLoad(tx, tenantId);
    if (!deletion || stageOf(deletion, now).stage !== 'shreds') return;
    // Each had credentials, which were erased when it went; its copies elsewhere were sealed under these keys.
    const secrets = await tx.connection.count({ where: { tenantId } });
    const kept = await keptOn(tx, tenantId);
    const { keys, digest, shreddedAt } = await shredTenantKeys(ctx, tx, tenantId);
    await tx.deletion.update({
      where: { tenantId },
      data: {
        shreddedAt,
        keys,
        secrets,
        digest: Buffer.from(digest, 'hex'),
        kept,
        tell: null,
        tellAt: null,
        wakeAt: new Date(now.getTime() + MINUTE),
      },
    });
  });
}

/** Blocks and mutes that we made and that stay on their networks. */
async function keptOn(tx: Tx, tenantId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ kept: number }[]>`
    SELECT count(*)::int AS kept FROM (
      SELECT DISTINCT account_id, profile_id, action FROM targets
      WHERE tenant_id = ${tenantId}::uuid AND state = 'over' AND reason = 'kept') k`;
  return row?.kept ?? 0;
}
