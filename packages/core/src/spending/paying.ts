import { withTenantSql } from '@secateur/db';
import { NetworkError } from '@secateur/networks/port';
import type { Context } from '../context/index.ts';
import { nextMonth } from './policy/index.ts';
import { charge, giveBackMoney, takeMoney } from './store.ts';

/** Who pays for a call, and what it may come to. */
export type Bill<T> = {
  tenantId: string;
  /** The most that it can cost. 0: it is free, and nothing is written. */
  most: number;
  /** What it did cost, by its answer. */
  cost(answer: T): number;
};

/**
 * Makes one call that costs money: the most it can cost is taken out of the tenant's month first, what it did not cost
 * given back after. Reading whose answer was lost counts nothing: it is asked again, and the same is charged once a day. A write
 * that may have happened counts whole. Throws NetworkError `unaffordable` before anything is asked.
 */
export async function paying<T>(ctx: Context, { tenantId, most, cost }: Bill<T>, call: () => Promise<T>): Promise<T> {
  if (most <= 0) return call();
  const now = ctx.clock.now();
  const taken = await withTenantSql(ctx.prisma, tenantId, (tx) => takeMoney(tx, tenantId, most, now));
  if (!taken) throw new NetworkError('unaffordable', { until: nextMonth(now) });
  const settle = (spent: number) =>
    withTenantSql(ctx.prisma, tenantId, async (tx) => {
      await giveBackMoney(tx, tenantId, most - spent, now);
      await charge(tx, tenantId, spent - most, now);
    });
  let answer: T;
  try {
    answer = await call();
  } catch (error) {
    if (!(error instanceof NetworkError && error.uncertain)) await settle(0);
    throw error;
  }
  await settle(cost(answer));
  return answer;
}
