import { newId, Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { Actor, Context } from '../context/index.ts';
import { actorOf, isAnywhere } from './standing.ts';

/** As whom a user acts when they come in; a personal tenant is made for those who have none yet. */
export async function welcome(ctx: Context, userId: string, name: string): Promise<Actor> {
  const known = await actorOf(ctx, userId, null);
  if (known) return known;
  const made = await inNewTenant(ctx, userId, async (tx, actor) => {
    // Two sign-ins at once: the second waits here, and finds what the first one made.
    await tx.$executeRaw`SELECT FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
    if (await isAnywhere(tx, userId)) return null;
    await begin(tx, ctx, actor, 'personal', name);
    return actor;
  });
  return made ?? welcome(ctx, userId, name);
}

/** Organisations that one user may own: each comes with tokens and mails of its own. */
const MOST = 20;

/** Makes an organisation with this user as its owner. Throws the Refusal `too_many_tries` when they own too many. */
export async function foundOrganisation(ctx: Context, userId: string, name: string): Promise<Actor> {
  return inNewTenant(ctx, userId, async (tx, actor) => {
    await tx.$executeRaw`SELECT FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
    const [owned] = await tx.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM across.tenants_of(${userId}::uuid) WHERE role = 'owner' AND kind = 'organisation'`;
    if (owned === undefined || owned.n >= MOST) throw new Refusal('too_many_tries');
    await begin(tx, ctx, actor, 'organisation', name);
    return actor;
  });
}

async function inNewTenant<T>(ctx: Context, userId: string, work: (tx: Tx, actor: Actor) => Promise<T>): Promise<T> {
  const actor: Actor = { tenantId: newId(), userId, role: 'owner', suspended: false, grants: [] };
  return withTenant(ctx.prisma, actor.tenantId, (tx) => work(tx, actor));
}

async function begin(tx: Tx, ctx: Context, actor: Actor, kind: 'personal' | 'organisation', name: string) {
  const { tenantId, userId } = actor;
  const now = ctx.clock.now();
  await tx.tenant.create({ data: { id: tenantId, kind, name, createdAt: now } });
  await tx.member.create({ data: { tenantId, userId, role: 'owner', joinedAt: now } });
  await auditMember(tx, { ...ctx, actor }, { action: 'tenant.created', subjectId: tenantId });
}
