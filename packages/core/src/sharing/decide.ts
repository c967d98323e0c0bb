import { Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { type AuditAction, auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { syncSubscriptionJob } from './jobs.ts';
import { answerInput, listRef } from './schemas.ts';

type Known = NonNullable<Awaited<ReturnType<Tx['subscription']['findUnique']>>>;

/** Lets those in who wait, up to the change that was asked about. */
export async function acceptChanges(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'lists');
  const { id, change } = answerInput.parse(raw);
  await decide(ctx, id, 'list.accepted', async (tx, one) => {
    if (one.asked === 0 || change > one.askedChange) throw new Refusal('already_done');
    const { tenantId } = one;
    await tx.subscription.update({
      where: { tenantId_id: { tenantId, id } },
      data: { allowedChange: change, asked: 0, unasked: 0, wakeAt: ctx.clock.now() },
    });
    await enqueue(tx, syncSubscriptionJob, { tenantId, subscriptionId: id });
  });
}

/** Keeps a list as it is now: what its author does from here on changes nothing. */
export async function freeze(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'lists.end');
  const { id } = listRef.parse(raw);
  await decide(ctx, id, 'list.frozen', async (tx, { tenantId }) => {
    const complete = await tx.upload.count({ where: { tenantId, id, state: 'complete' } });
    await tx.subscription.update({
      where: { tenantId_id: { tenantId, id } },
      data: { mode: 'freeze', asked: 0, ...(complete > 0 ? { wakeAt: null } : {}) },
    });
  });
}

async function decide(
  ctx: MemberContext,
  id: string,
  action: AuditAction,
  work: (tx: Tx, one: Known) => Promise<void>,
): Promise<void> {
  const { tenantId } = ctx.actor;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    await tx.$executeRaw`SELECT id FROM subscriptions WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
    const one = await tx.subscription.findUnique({ where: { tenantId_id: { tenantId, id } } });
    if (!one) throw new Refusal('not_found');
    if (one.mode === 'freeze' || one.endedAt !== null) throw new Refusal('already_done');
    await work(tx, one);
    await auditMember(tx, ctx, { action, subjectId: id });
    await record(tx, tenantId, ctx.clock.now(), [{ kind: 'list', subjectId: id }]);
  });
}
