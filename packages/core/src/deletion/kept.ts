import { withTenant } from '@secateur/db';
import type { Context } from '../context/index.ts';

/**
 * How many blocks and mutes that we made stay on their networks. Counted when every account is gone, when nothing moves any
 * more, and one account a transaction: each is in one partition, and a crowd may be millions.
 */
export async function countKept(ctx: Context, tenantId: string): Promise<number> {
  const accounts = await withTenant(ctx.prisma, tenantId, (tx) =>
    tx.networkAccount.findMany({ where: { tenantId }, select: { accountId: true } }),
  );
  let kept = 0;
  for (const { accountId } of accounts) {
    const [row] = await withTenant(
      ctx.prisma,
      tenantId,
      (tx) => tx.$queryRaw<{ kept: number }[]>`
        SELECT count(*)::int AS kept FROM effects e
        WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = ${accountId}::uuid AND e.state = 'by_hand'
          AND EXISTS (SELECT FROM targets t WHERE t.tenant_id = e.tenant_id AND t.account_id = e.account_id
                      AND t.profile_id = e.profile_id AND t.action = e.action AND t.state = 'over' AND t.reason = 'kept')`,
    );
    kept += row?.kept ?? 0;
  }
  return kept;
}
