import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { permit } from './permit.ts';
import { noteInput } from './schemas.ts';

/** Writes down why a shield was raised, and what is to be remembered about it. The trail says that it was written, not what. */
export async function writeNote(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'prepare');
  const { id, reason, note } = noteInput.parse(raw);
  const { tenantId } = ctx.actor;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    await permit(tx, ctx, id, 'prepare');
    const { count } = await tx.shield.updateMany({
      where: { tenantId, id, state: { not: 'discarded' } },
      data: { reason, note },
    });
    if (count === 0) throw new Refusal('not_found');
    await auditMember(tx, ctx, { action: 'shield.noted', subjectId: id });
    await record(tx, tenantId, ctx.clock.now(), [{ kind: 'shield', subjectId: id }]);
  });
}
