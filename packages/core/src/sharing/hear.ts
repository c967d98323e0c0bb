import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { hearInput } from './schemas.ts';
import { lockList } from './take-off.ts';

/** Says whether a list's author hears people who say that they are on it by mistake. What waits is gone once they don't. */
export async function hear(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'lists.end');
  const { id, hears } = hearInput.parse(raw);
  const { tenantId } = ctx.actor;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    await lockList(tx, ctx, id);
    await tx.sharedList.update({ where: { tenantId_id: { tenantId, id } }, data: { hears } });
    if (!hears) await tx.appeal.deleteMany({ where: { tenantId, listId: id, answeredAt: null } });
    await auditMember(tx, ctx, { action: hears ? 'list.hears' : 'list.hears_not', subjectId: id });
    await record(tx, tenantId, ctx.clock.now(), [{ kind: 'list', subjectId: id }]);
  });
}
