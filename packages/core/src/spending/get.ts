import { type Tx, withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { monthOf, nextMonth } from './policy/index.ts';
import type { SpendingView } from './schemas.ts';

/** What the tenant lets itself spend this month, and what it spent. */
export async function getSpending(ctx: MemberContext): Promise<SpendingView> {
  demand(ctx, 'look');
  return withTenant(ctx.prisma, ctx.actor.tenantId, (tx) => spendingOf(tx, ctx.actor.tenantId, ctx.clock.now()));
}

/** The same for a verb that has a transaction. */
export async function spendingOf(tx: Tx, tenantId: string, now: Date): Promise<SpendingView> {
  const month = new Date(monthOf(now));
  const cap = await tx.spendingCap.findUnique({ where: { tenantId } });
  const spending = await tx.spending.findUnique({ where: { tenantId_month: { tenantId, month } } });
  return {
    cap: Number(cap?.microDollars ?? 0n),
    spent: Number(spending?.microDollars ?? 0n),
    month,
    until: nextMonth(now),
  };
}
