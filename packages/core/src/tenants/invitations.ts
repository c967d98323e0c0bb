import { createHash, randomBytes } from 'node:crypto';
import { DAY, newId, Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { Actor, Context, MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from './demand.ts';
import { putGrant } from './grants.ts';
import { assignable } from './policy/index.ts';
import { type InvitationOffer, type InvitationView, invitationInput, inviteInput, tokenInput } from './schemas.ts';

/** How long an invitation can be taken. */
const OPEN = 7 * DAY;
/** Invitations of one tenant that may be open at a time, so that nobody mails half the world from here. */
const MOST = 50;

/** What goes into the mail, with who invites; the token is nowhere else. */
export type Invited = {
  id: string;
  token: string;
  email: string;
  by: { email: string | null; name: string | null };
  expiresAt: Date;
};

/**
 * Makes an invitation for one address, in place of an open one to the same address. Whoever calls this sends the mail.
 * Throws `too_many_tries` when too many are open.
 */
export async function invite(ctx: MemberContext, raw: unknown): Promise<Invited> {
  demand(ctx, 'members');
  const { email, role, grant } = inviteInput.parse(raw);
  const { tenantId, userId } = ctx.actor;
  if (!assignable(ctx.actor.role, null, role)) throw new Refusal('not_allowed');
  const now = ctx.clock.now();
  const token = randomBytes(32).toString('base64url');
  const id = newId();
  const expiresAt = new Date(now.getTime() + OPEN);
  const by = await withTenant(ctx.prisma, tenantId, async (tx) => {
    const connectionIds = grant?.connectionIds ?? [];
    const known = await tx.connection.count({ where: { tenantId, id: { in: connectionIds } } });
    if (known !== new Set(connectionIds).size) throw new Refusal('not_found');
    await tx.invitation.deleteMany({ where: { tenantId, OR: [{ email }, { expiresAt: { lte: now } }] } });
    if ((await tx.invitation.count({ where: { tenantId } })) >= MOST) throw new Refusal('too_many_tries');
    await tx.invitation.create({
      data: {
        tenantId,
        id,
        tokenHash: hashOf(token),
        email,
        role,
        connectionIds,
        verbs: grant?.verbs ?? [],
        grantDays: grant?.days ?? null,
        invitedBy: userId,
        invitedAt: now,
        expiresAt,
      },
    });
    await auditMember(tx, ctx, { action: 'member.invited', subjectId: id });
    await record(tx, tenantId, now, [{ kind: 'tenant', subjectId: tenantId }]);
    return tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true, name: true } });
  });
  return { id, token, email, by, expiresAt };
}

/** Invitations that can still be taken, newest first. */
export async function listInvitations(ctx: MemberContext): Promise<InvitationView[]> {
  demand(ctx, 'members.look');
  const { tenantId } = ctx.actor;
  return withTenant(ctx.prisma, tenantId, (tx) =>
    tx.invitation.findMany({
      where: { tenantId, expiresAt: { gt: ctx.clock.now() } },
      select: { id: true, email: true, role: true, invitedAt: true, expiresAt: true },
      orderBy: [{ invitedAt: 'desc' }, { id: 'desc' }],
    }),
  );
}

/** Takes an invitation back: its link no longer works. */
export async function revokeInvitation(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'members.look');
  const { id } = invitationInput.parse(raw);
  const { tenantId } = ctx.actor;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const { count } = await tx.invitation.deleteMany({ where: { tenantId, id } });
    if (count === 0) throw new Refusal('not_found');
    await auditMember(tx, ctx, { action: 'invitation.revoked', subjectId: id });
    await record(tx, tenantId, ctx.clock.now(), [{ kind: 'tenant', subjectId: tenantId }]);
  });
}

/** What an invitation offers to who holds its link. Throws `not_found` when it can't be taken any more. */
export async function lookAtInvitation(ctx: Context, raw: unknown): Promise<InvitationOffer> {
  const { token } = tokenInput.parse(raw);
  return withInvitation(ctx, token, async (tx, { tenantId, role, email, expiresAt }) => {
    const { name } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    return { tenantName: name, role, email, expiresAt };
  });
}

/**
 * Takes an invitation: the user is a member from now on. Only the address it was sent to may: a forwarded mail lets
 * nobody in (`other_address`), and a suspended tenant lets in nobody new (`suspended`). Once taken its link no longer works;
 * who is a member already stays what they are.
 */
export async function acceptInvitation(
  ctx: Context,
  user: { id: string; email: string | null },
  raw: unknown,
): Promise<{ tenantId: string }> {
  const { token } = tokenInput.parse(raw);
  const now = ctx.clock.now();
  return withInvitation(ctx, token, async (tx, invitation) => {
    const { tenantId, id, role, email, invitedBy } = invitation;
    if (user.email?.toLowerCase() !== email) throw new Refusal('other_address');
    const { suspendedAt } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    if (suspendedAt !== null) throw new Refusal('suspended');
    // Two presses at once: only the one that deletes the row goes on. Whoever invited must still be allowed to.
    const { count } = await tx.invitation.deleteMany({ where: { tenantId, id } });
    const by = await tx.member.findUnique({ where: { tenantId_userId: { tenantId, userId: invitedBy } } });
    if (count === 0 || !by || !assignable(by.role, null, role)) throw new Refusal('not_found');
    const known = await tx.member.findUnique({ where: { tenantId_userId: { tenantId, userId: user.id } } });
    if (known) return { tenantId };
    await tx.member.create({ data: { tenantId, userId: user.id, role, joinedAt: now } });
    const connections = await tx.connection.findMany({ where: { tenantId, id: { in: invitation.connectionIds } } });
    const inviter: Actor = { tenantId, userId: invitedBy, role: by.role, suspended: false, grants: [] };
    for (const connection of connections) {
      const expiresAt = new Date(now.getTime() + (invitation.grantDays ?? 0) * DAY);
      const grant = { userId: user.id, connectionId: connection.id, verbs: invitation.verbs, expiresAt };
      await putGrant(tx, { ...ctx, actor: inviter }, grant);
    }
    const actor: Actor = { ...inviter, userId: user.id, role };
    await auditMember(tx, { ...ctx, actor }, { action: 'member.joined', subjectId: user.id });
    await record(tx, tenantId, now, [{ kind: 'member', subjectId: user.id }]);
    return { tenantId };
  });
}

type Found = NonNullable<Awaited<ReturnType<Tx['invitation']['findUnique']>>>;

async function withInvitation<T>(
  ctx: Context,
  token: string,
  work: (tx: Tx, invitation: Found) => Promise<T>,
): Promise<T> {
  const [where] = await ctx.prisma.$queryRaw<{ tenantId: string; id: string }[]>`
    SELECT tenant_id AS "tenantId", id FROM across.invitation(${hashOf(token)})`;
  if (!where) throw new Refusal('not_found');
  return withTenant(ctx.prisma, where.tenantId, async (tx) => {
    const found = await tx.invitation.findUnique({ where: { tenantId_id: where } });
    if (!found || found.expiresAt <= ctx.clock.now()) throw new Refusal('not_found');
    return work(tx, found);
  });
}

function hashOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
