import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { fillListJob } from './jobs.ts';
import { listRef } from './schemas.ts';

/** Ends a list: its link leads nowhere. Who uses it keeps what they have until its time, and is told. */
export async function endList(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'lists.end');
  const { id } = listRef.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const list = await tx.sharedList.findUnique({ where: { tenantId_id: { tenantId, id } } });
    if (!list) throw new Refusal('not_found');
    if (list.endedAt !== null) return;
    await tx.sharedList.update({
      where: { tenantId_id: { tenantId, id } },
      // A change, so that whoever follows is woken for it.
      data: { endedAt: now, wakeAt: now, change: { increment: 1 } },
    });
    await auditMember(tx, ctx, { action: 'list.ended', subjectId: id });
    await record(tx, tenantId, now, [{ kind: 'list', subjectId: id }]);
    await enqueue(tx, fillListJob, { tenantId, listId: id });
  });
}
