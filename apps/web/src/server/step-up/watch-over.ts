import { Refusal } from '@secateur/base';
import { auditMember } from '@secateur/core/audit';
import type { MemberContext } from '@secateur/core/context';
import { withTenant } from '@secateur/db';
import { z } from 'zod';
import { type PendingView, stopGivingBack } from './pending.ts';
import type { Deed } from './policy.ts';

export const pendingInput = z.object({ id: z.uuid() });

/** What waits in this tenant: all of it for those in charge, for others their own. */
export async function listPending(ctx: MemberContext): Promise<PendingView[]> {
  const now = ctx.clock.now();
  const { tenantId, userId } = ctx.actor;
  const found = await withTenant(ctx.prisma, tenantId, (tx) =>
    tx.pendingAction.findMany({
      where: { tenantId, ...mayStop(ctx), state: 'waiting', expiresAt: { gt: now } },
      orderBy: { requestedAt: 'asc' },
    }),
  );
  return found.map(({ id, kind, userId: asker, requestedAt, readyAt, expiresAt }) => ({
    id,
    deed: kind as Deed,
    mine: asker === userId,
    requestedAt,
    readyAt,
    expiresAt,
    ready: readyAt <= now,
  }));
}

/** Stops what waits: anybody in charge may, and whoever asked for it. */
export async function stopPending(ctx: MemberContext, raw: unknown): Promise<void> {
  const { id } = pendingInput.parse(raw);
  const { tenantId } = ctx.actor;
  const stopped = await withTenant(ctx.prisma, tenantId, async (tx) => {
    const { count } = await tx.pendingAction.updateMany({
      where: { tenantId, id, ...mayStop(ctx), state: 'waiting' },
      data: { state: 'cancelled' },
    });
    if (count > 0) await auditMember(tx, ctx, { action: 'pending.cancelled', subjectId: id });
    else if (await tx.pendingAction.findFirst({ where: { tenantId, id, ...mayStop(ctx) } }))
      await stopGivingBack(tx, tenantId, id);
    return count > 0;
  });
  if (!stopped) throw new Refusal('not_found');
}

function mayStop({ actor }: MemberContext): { userId?: string } {
  return actor.role === 'owner' || actor.role === 'admin' ? {} : { userId: actor.userId };
}
