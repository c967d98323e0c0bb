import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { oweMembers } from '../notices/index.ts';
import { demand } from '../tenants/index.ts';

/**
 * Calls a deletion off. Within the first week everything is as it was; accounts that were let go since then stay so, and
 * everybody is told. Throws `not_found` when there is none, or its keys are destroyed already.
 */
export async function cancelDeletion(ctx: MemberContext): Promise<void> {
  demand(ctx, 'delete');
  const { tenantId } = ctx.actor;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    // A step that is just being taken has the row locked: this waits for it, and then looks again.
    const count = await tx.$executeRaw`
      DELETE FROM deletions WHERE tenant_id = ${tenantId}::uuid AND shredded_at IS NULL`;
    if (count === 0) throw new Refusal('not_found');
    await auditMember(tx, ctx, { action: 'deletion.cancelled', subjectId: tenantId });
    await oweMembers(tx, tenantId, 'deletion_cancelled', ctx.clock.now());
    await record(tx, tenantId, ctx.clock.now(), [{ kind: 'tenant', subjectId: tenantId }]);
  });
}
