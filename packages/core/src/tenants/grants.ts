import { DAY, Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from './demand.ts';
import type { GrantVerb } from './policy/index.ts';
import { type GrantView, grantInput, grantKey } from './schemas.ts';

/** Gives a helper verbs on a connection for some days, in place of what they had on it. To do is to see: `view` is added. */
export async function giveGrant(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'members');
  const { userId, connectionId, verbs, days } = grantInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    // Locked: who stops being a helper meanwhile must not keep a grant.
    const [member] = await tx.$queryRaw<{ role: string }[]>`
      SELECT role::text AS role FROM members
      WHERE tenant_id = ${tenantId}::uuid AND user_id = ${userId}::uuid FOR UPDATE`;
    const connection = await tx.connection.findUnique({ where: { tenantId_id: { tenantId, id: connectionId } } });
    if (member?.role !== 'helper' || !connection) throw new Refusal('not_found');
    await putGrant(tx, ctx, { userId, connectionId, verbs, expiresAt: new Date(now.getTime() + days * DAY) });
    await auditMember(tx, ctx, { action: 'grant.given', subjectId: userId });
    await record(tx, tenantId, now, [{ kind: 'member', subjectId: userId }]);
  });
}

/** Takes a grant back at once. */
export async function revokeGrant(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'members.look');
  const { userId, connectionId } = grantKey.parse(raw);
  const { tenantId } = ctx.actor;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const { count } = await tx.grant.deleteMany({ where: { tenantId, userId, connectionId } });
    if (count === 0) throw new Refusal('not_found');
    await auditMember(tx, ctx, { action: 'grant.revoked', subjectId: userId });
    await record(tx, tenantId, ctx.clock.now(), [{ kind: 'member', subjectId: userId }]);
  });
}

/** Writes a grant in place of what the helper had on this connection. */
export async function putGrant(
  tx: Tx,
  { actor: { tenantId, userId: grantedBy }, clock }: MemberContext,
  grant: { userId: string; connectionId: string; verbs: readonly GrantVerb[]; expiresAt: Date },
): Promise<void> {
  const { userId, connectionId, expiresAt } = grant;
  const verbs = [...new Set<GrantVerb>(['view', ...grant.verbs])];
  const data = { verbs, grantedBy, grantedAt: clock.now(), expiresAt };
  await tx.grant.upsert({
    where: { tenantId_userId_connectionId: { tenantId, userId, connectionId } },
    create: { tenantId, userId, connectionId, ...data },
    update: data,
  });
}

/** Grants with what their connections are called; over ones too, marked as such. */
export async function grantViews(
  tx: Tx,
  where: { tenantId: string; userId?: string },
  now: Date,
): Promise<(GrantView & { userId: string })[]> {
  const grants = await tx.grant.findMany({
    where,
    include: { connection: { select: { handle: true } } },
    orderBy: [{ userId: 'asc' }, { grantedAt: 'asc' }, { connectionId: 'asc' }],
  });
  return grants.map(({ userId, connectionId, connection, verbs, expiresAt }) => ({
    userId,
    connectionId,
    handle: connection.handle,
    verbs,
    expiresAt,
    live: expiresAt > now,
  }));
}
