import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { capInput } from './schemas.ts';

/** A cent in micro-dollars. */
const CENT = 10_000;

/** Says what the tenant lets itself spend in a month, and wakes what waited for it. Less than was spent stops more. */
export async function setSpendingCap(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'spending');
  const { cents } = capInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const microDollars = BigInt(cents * CENT);
    await tx.spendingCap.upsert({
      where: { tenantId },
      create: { tenantId, microDollars, setAt: now },
      update: { microDollars, setAt: now },
    });
    await auditMember(tx, ctx, { action: 'spending.capped', subjectId: tenantId, count: cents });
    await record(tx, tenantId, now, [{ kind: 'tenant', subjectId: tenantId }]);
    // Found by the sweep within a second.
    await tx.networkAccount.updateMany({ where: { tenantId, waiting: 'spending' }, data: { wakeAt: now } });
    await tx.reading.updateMany({
      where: { tenantId, problem: 'spending_cap', wakeAt: { gt: now } },
      data: { wakeAt: now },
    });
    await tx.shield.updateMany({
      where: { tenantId, state: 'preview', sources: { some: { problem: 'spending_cap' } } },
      data: { wakeAt: now },
    });
  });
}
