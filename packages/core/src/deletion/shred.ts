import { MINUTE } from '@secateur/base';
import { withTenant } from '@secateur/db';
import type { Context } from '../context/index.ts';
import { shredTenantKeys } from '../secrets/index.ts';
import { countKept } from './kept.ts';
import { lockAndLoad } from './load.ts';
import { stageOf } from './policy/index.ts';

/**
 * Destroys the tenant's keys, in the transaction that writes down how many they were. From its commit on nobody acts in the
 * tenant, and nobody calls the deletion off. Does nothing where an account is still there, or it was called off meanwhile.
 */
export async function shred(ctx: Context, tenantId: string): Promise<void> {
  const now = ctx.clock.now();
  const kept = await countKept(ctx, tenantId);
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const deletion = await lockAndLoad(tx, tenantId);
    if (!deletion || stageOf(deletion, now).stage !== 'shreds') return;
    // Each had credentials, which were erased when it went; its copies elsewhere were sealed under these keys.
    const secrets = await tx.connection.count({ where: { tenantId } });
    const { keys, digest, shreddedAt } = await shredTenantKeys(ctx, tx, tenantId);
    await tx.deletion.update({
      where: { tenantId },
      data: {
        shreddedAt,
        keys,
        secrets,
        digest: Buffer.from(digest, 'hex'),
        kept,
        wakeAt: new Date(now.getTime() + MINUTE),
      },
    });
  });
}
