import { Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { forgetLooks } from './ask-looks.ts';
import { keepUpJob } from './jobs.ts';
import { permit } from './permit.ts';
import { shieldInput } from './schemas.ts';

/** Leaves whoever joins a shield's crowds from now on alone. What is planned stays. */
export async function stopKeepingUp(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'undo');
  const { id } = shieldInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    await permit(tx, ctx, id, 'undo');
    await requireRunning(tx, tenantId, id);
    const { count } = await tx.keeping.updateMany({
      where: { tenantId, shieldId: id, pausedAt: null },
      data: { pausedAt: now, waiting: null, wakeAt: null },
    });
    if (count === 0) return;
    await auditMember(tx, ctx, { action: 'keeping.stopped', subjectId: id });
    await record(tx, tenantId, now, [{ kind: 'shield', subjectId: id }]);
  });
}

/** Covers whoever joins a shield's crowds too, from when they were last looked at; also of one that was raised without. */
export async function beginKeepingUp(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'run');
  const { id } = shieldInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    await permit(tx, ctx, id, 'run');
    await requireRunning(tx, tenantId, id);
    const keeping = await tx.keeping.findUnique({ where: { tenantId_shieldId: { tenantId, shieldId: id } } });
    if (keeping && keeping.pausedAt === null) return;
    await tx.keeping.upsert({
      where: { tenantId_shieldId: { tenantId, shieldId: id } },
      create: { tenantId, shieldId: id, wakeAt: now },
      update: { pausedAt: null, wakeAt: now },
    });
    await forgetLooks(tx, { tenantId, shieldId: id });
    await enqueue(tx, keepUpJob, { tenantId, shieldId: id });
    await auditMember(tx, ctx, { action: 'keeping.begun', subjectId: id });
    await record(tx, tenantId, now, [{ kind: 'shield', subjectId: id }]);
  });
}

/** Throws the Refusals `not_found` and `already_done`: a shield that is over, or makes nothing new any more, keeps up no more. */
async function requireRunning(tx: Tx, tenantId: string, id: string): Promise<void> {
  const shield = await tx.shield.findUnique({ where: { tenantId_id: { tenantId, id } } });
  if (!shield || shield.state === 'preview' || shield.state === 'discarded') throw new Refusal('not_found');
  if (shield.state === 'ended' || shield.undoneAt || shield.cancelledAt) throw new Refusal('already_done');
}
