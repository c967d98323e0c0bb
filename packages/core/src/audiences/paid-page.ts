import { type CrowdKind, NetworkError, type NetworkPort, type ProfilePage } from '@secateur/networks/port';
import type { WorkerContext } from '../context/index.ts';
import { paying } from '../spending/index.ts';
import { nextMonth } from '../spending/policy/index.ts';

export type Crowd = { audienceId: string; kind: CrowdKind; ref: string };

/**
 * One page of a crowd. Where that costs money, a tenant pays that waits for it: whoever asked first, of those who can. Others
 * who ask later use what is listed and owe nothing; that somebody paid stands with the payer and nowhere else. Throws
 * NetworkError `unaffordable` where nobody can, or nobody waits any more.
 */
export async function paidPage(
  ctx: WorkerContext,
  port: NetworkPort,
  { audienceId, kind, ref }: Crowd,
  cursor: string | null,
): Promise<ProfilePage> {
  const { prices, pages, crowds } = port;
  const price = prices.crowd[kind];
  const first = cursor === null && crowds[kind]?.of !== 'account' ? prices.located : 0;
  const most = price * pages.crowd + first;
  const call = () => port.crowd(kind, ref, cursor);
  if (most === 0) return call();
  for (const tenantId of await askers(ctx, audienceId)) {
    try {
      return await paying(ctx, { tenantId, most, cost: ({ items }) => price * items.length + first }, call);
    } catch (error) {
      if (!(error instanceof NetworkError && error.problem === 'unaffordable')) throw error;
    }
  }
  throw new NetworkError('unaffordable', { until: nextMonth(ctx.clock.now()) });
}

/** Tenants with a preview or a shield that waits for the crowd; ids of shields grow with time. */
async function askers(ctx: WorkerContext, audienceId: string): Promise<string[]> {
  const rows = await ctx.prisma.$queryRaw<{ tenantId: string }[]>`
    SELECT tenant_id AS "tenantId" FROM across.shields_on(${audienceId}::uuid)
    GROUP BY tenant_id ORDER BY min(shield_id::text)`;
  return rows.map(({ tenantId }) => tenantId);
}
