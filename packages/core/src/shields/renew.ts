import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { permit } from './permit.ts';
import { LONGEST_RENEWAL } from './policy/index.ts';
import { renewInput } from './schemas.ts';

/**
 * Holds shields longer by as much as they held so far, at most six weeks. One row a shield: each effect is judged by it when
 * its old end comes. Shields that nothing can lengthen any more are left out; throws `already_done` when there is no other.
 */
export async function renew(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'run');
  const { ids } = renewInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    for (const id of [...ids].sort()) await permit(tx, ctx, id, 'run');
    await tx.$queryRaw`
      SELECT id FROM shields WHERE tenant_id = ${tenantId}::uuid AND id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
    const renewed = await tx.$queryRaw<{ id: string }[]>`
      UPDATE shields SET hold_seconds = hold_seconds + least(hold_seconds, ${LONGEST_RENEWAL}::int)
      WHERE tenant_id = ${tenantId}::uuid AND id = ANY(${ids}::uuid[]) AND hold_seconds IS NOT NULL AND ends_at IS NULL
        AND state IN ('gathering', 'acting', 'holding') AND undone_at IS NULL AND lift_order IS NULL
      RETURNING id`;
    if (renewed.length === 0) {
      const there = await tx.shield.count({ where: { tenantId, id: { in: ids } } });
      throw new Refusal(there === 0 ? 'not_found' : 'already_done');
    }
    for (const { id } of renewed) await auditMember(tx, ctx, { action: 'shield.renewed', subjectId: id });
    await record(
      tx,
      tenantId,
      now,
      renewed.map(({ id }) => ({ kind: 'shield', subjectId: id })),
    );
  });
}
