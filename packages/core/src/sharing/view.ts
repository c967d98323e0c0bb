import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { visible } from '../tenants/policy/index.ts';
import type { PublishedView, SubscriptionView } from './schemas.ts';

/** The lists that the tenant lets others use and those that it took, newest first. They are the whole tenant's, so no helper's grant reaches them. */
export async function listShared(
  ctx: MemberContext,
): Promise<{ published: PublishedView[]; taken: SubscriptionView[] }> {
  demand(ctx, 'look');
  if (visible(ctx.actor, ctx.clock.now()) !== null) throw new Refusal('not_allowed');
  const { tenantId } = ctx.actor;
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const published = await tx.sharedList.findMany({ where: { tenantId }, orderBy: { id: 'desc' } });
    const waiting = await tx.appeal.groupBy({
      by: ['listId'],
      where: { tenantId, answeredAt: null },
      _count: true,
    });
    const taken = await tx.subscription.findMany({ where: { tenantId }, orderBy: { id: 'desc' } });
    const uploads = await tx.upload.findMany({ where: { tenantId, id: { in: taken.map(({ id }) => id) } } });
    return {
      published: published.map(({ id, shieldId, network, title, size, publishedAt, endedAt, hears }) => {
        const appeals = waiting.find(({ listId }) => listId === id)?._count ?? 0;
        return { id, shieldId, network, title, size, publishedAt, endedAt, hears, appeals };
      }),
      taken: taken.map((one) => {
        const { id, network, title, mode, subscribedAt, added, forgiven, changedAt, endedAt } = one;
        const upload = uploads.find((u) => u.id === id);
        return {
          id,
          network,
          title,
          mode,
          subscribedAt,
          size: (upload?.size ?? 0) - forgiven,
          complete: upload?.state === 'complete',
          added,
          forgiven,
          changedAt,
          asks: one.asked > 0 ? { count: one.asked, change: one.askedChange } : null,
          endedAt,
        };
      }),
    };
  });
}
