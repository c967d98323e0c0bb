import { withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { permitted, visible } from '../tenants/policy/index.ts';
import type { EventView } from './schemas.ts';

/**
 * Whether a member may learn that this happened. A helper learns of the connections of their live grants, of shields on
 * nothing else, and of changes to themselves and to the tenant as a whole. That the trail grew is for those who read it.
 */
export async function mayLearn(ctx: MemberContext, { kind, subjectId }: EventView): Promise<boolean> {
  const { tenantId, userId } = ctx.actor;
  const only = visible(ctx.actor, ctx.clock.now());
  if (kind === 'trail') return permitted(ctx.actor, 'trail', [], ctx.clock.now()).allowed;
  if (only === null) return true;
  if (kind === 'tenant') return true;
  if (kind === 'member') return subjectId === userId;
  if (kind === 'connection') return only.includes(subjectId);
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const on =
      kind === 'account'
        ? (await tx.connection.findMany({ where: { tenantId, accountId: subjectId } })).map(({ id }) => id)
        : (await tx.shieldConnection.findMany({ where: { tenantId, shieldId: subjectId } })).map((c) => c.connectionId);
    return on.length > 0 && on.every((id) => only.includes(id));
  });
}
