import { Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { type AuditAction, auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from './demand.ts';
import { grantViews } from './grants.ts';
import { assignable, orphans, type Role } from './policy/index.ts';
import { type MemberView, memberInput, roleInput } from './schemas.ts';

const BECAME: Record<Role, AuditAction> = {
  owner: 'member.made_owner',
  admin: 'member.made_admin',
  helper: 'member.made_helper',
  viewer: 'member.made_viewer',
};

/** Everybody in the tenant, those who joined first first, with what helpers may do. */
export async function listMembers(ctx: MemberContext): Promise<MemberView[]> {
  demand(ctx, 'members.look');
  const { tenantId, userId } = ctx.actor;
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const members = await tx.member.findMany({
      where: { tenantId },
      include: { user: { select: { name: true, email: true } } },
      orderBy: [{ joinedAt: 'asc' }, { userId: 'asc' }],
    });
    const grants = await grantViews(tx, { tenantId }, now);
    return members.map((member) => ({
      userId: member.userId,
      name: member.user.name ?? member.user.email ?? '',
      role: member.role,
      joinedAt: member.joinedAt,
      you: member.userId === userId,
      grants: grants.filter((grant) => grant.userId === member.userId).map(({ userId: _, ...grant }) => grant),
    }));
  });
}

/**
 * Gives a member another role. Nobody changes their own; the last owner stays one: `last_owner`. Grants of who is no
 * helper any more are gone.
 */
export async function changeRole(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'members');
  const { userId, role } = roleInput.parse(raw);
  if (userId === ctx.actor.userId) throw new Refusal('not_allowed');
  await change(ctx, userId, role, async (tx, tenantId) => {
    await tx.member.update({ where: { tenantId_userId: { tenantId, userId } }, data: { role } });
    if (role !== 'helper') await tx.grant.deleteMany({ where: { tenantId, userId } });
    return BECAME[role];
  });
}

/** Takes somebody out of the tenant, their grants with them. */
export async function removeMember(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'members');
  const { userId } = memberInput.parse(raw);
  if (userId === ctx.actor.userId) throw new Refusal('not_allowed');
  await change(ctx, userId, null, async (tx, tenantId) => {
    await tx.member.delete({ where: { tenantId_userId: { tenantId, userId } } });
    return 'member.removed';
  });
}

/** Leaves the tenant. The last owner can't: `last_owner`. */
export async function leave(ctx: MemberContext): Promise<void> {
  const { userId } = ctx.actor;
  await change(ctx, userId, null, async (tx, tenantId) => {
    await tx.member.delete({ where: { tenantId_userId: { tenantId, userId } } });
    return 'member.left';
  });
}

/** Turns a member into `to` (null: out), with the tenant's members locked so that two owners can't unmake each other. */
async function change(
  ctx: MemberContext,
  userId: string,
  to: Role | null,
  work: (tx: Tx, tenantId: string) => Promise<AuditAction>,
): Promise<void> {
  const { tenantId } = ctx.actor;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const members = await tx.$queryRaw<{ userId: string; role: Role }[]>`
      SELECT user_id AS "userId", role::text AS role FROM members WHERE tenant_id = ${tenantId}::uuid
      ORDER BY user_id FOR UPDATE`;
    const roleOf = (id: string) => members.find((member) => member.userId === id)?.role;
    const from = roleOf(userId);
    const by = roleOf(ctx.actor.userId);
    if (!from) throw new Refusal('not_found');
    if (from === to) return;
    if (userId !== ctx.actor.userId && !(by && assignable(by, from, to))) throw new Refusal('not_allowed');
    if (orphans(from, to, members.filter(({ role }) => role === 'owner').length)) throw new Refusal('last_owner');
    const action = await work(tx, tenantId);
    await auditMember(tx, ctx, { action, subjectId: userId });
    await record(tx, tenantId, ctx.clock.now(), [{ kind: 'member', subjectId: userId }]);
  });
}
