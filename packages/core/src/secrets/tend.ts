import { withTenantSql } from '@secateur/db';
import { done, drop, type Outcome } from '@secateur/queue';
import type { WorkerContext } from '../context/index.ts';
import { renewKeyIn } from './renew.ts';
import { reseal } from './reseal.ts';
import { retire } from './retire.ts';
import { rewrap } from './rewrap.ts';
import { bornTooEarly } from './wake-keys.ts';

/**
 * Brings a tenant's keys up to date while everybody works: wraps them by the current key, renews one that is old, seals anew
 * what is under superseded ones, and shreds those. Each step is a transaction that may be the last. Throws SecretUnreadable
 * `no_key` when this process can't unwrap one of them.
 */
export async function tendKeys(ctx: WorkerContext, { tenantId }: { tenantId: string }): Promise<Outcome> {
  const live = await withTenantSql(ctx.prisma, tenantId, async (tx) => {
    await rewrap(ctx, tx, tenantId);
    await renewKeyIn(ctx, tx, tenantId, bornTooEarly(ctx));
    return tx.$queryRaw<{ superseded: boolean }[]>`
      SELECT superseded_at IS NOT NULL AS superseded FROM tenant_keys
      WHERE tenant_id = ${tenantId}::uuid AND shredded_at IS NULL`;
  });
  if (!live.some((row) => row.superseded)) return done();
  const unreadable = await reseal(ctx, tenantId);
  const left = await withTenantSql(ctx.prisma, tenantId, (tx) => retire(ctx, tx, tenantId));
  return unreadable > 0 && left > 0 ? drop('unreadable_secrets') : done();
}
