import { withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { available } from './policy/index.ts';
import type { QuotaView } from './schemas.ts';
import { bucketsOf, WHOLE_TENANT } from './store.ts';

/** The tenant's own tokens: what is there, what its shields hold, and how fast it fills. */
export async function getQuota(ctx: MemberContext): Promise<QuotaView> {
  demand(ctx, 'look');
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const { tenant } = await bucketsOf(tx, { tenantId, accountId: WHOLE_TENANT }, now);
    const { _sum } = await tx.shieldConnection.aggregate({ where: { tenantId }, _sum: { tokensHeld: true } });
    return {
      available: available(tenant, now),
      held: _sum.tokensHeld ?? 0,
      perDay: tenant.ratePerDay,
      capacity: tenant.capacity,
    };
  });
}
