import { DAY, newId, Refusal } from '@secateur/base';
import { auditMember } from '@secateur/core/audit';
import type { Context } from '@secateur/core/context';
import { memberOf } from '@secateur/core/tenants';
import { type Tx, withTenant } from '@secateur/db';
import { hashOf, newSecret } from '../sign-in/secret.ts';
import { DELAY, type Deed, OPEN } from './policy.ts';

/** Milliseconds in which a second contact may stop their own removal once. */
const ONCE_IN = 7 * DAY;

/** Whose wait, and where. */
export type WaitContext = Context & { user: { id: string }; tenantId: string };

/** Something that waits, as those in charge of the tenant see it. */
export type PendingView = {
  id: string;
  deed: Deed;
  /** Whether it is one's own. */
  mine: boolean;
  requestedAt: Date;
  readyAt: Date;
  expiresAt: Date;
  ready: boolean;
};

/** What waits from now on, and how it is stopped. */
export type Begun = {
  id: string;
  readyAt: Date;
  /** What stops it. */
  token: string;
  /** What stops it in the second contact's hands; null where they have stopped such a thing already. */
  secondToken: string | null;
};

/**
 * Begins a day's wait, after which `deed` may be done once, within a week. What waits for the same already is stopped.
 * Whoever is told of it can stop it; the second contact, where it is about them, once in seven days: they would else stay
 * for ever.
 */
export async function beginWait(ctx: WaitContext, deed: Deed): Promise<Begun> {
  const { tenantId, user } = ctx;
  const now = ctx.clock.now();
  const readyAt = new Date(now.getTime() + DELAY);
  const [id, token] = [newId(), newSecret()];
  const secondToken = deed !== 'contact' ? token : (await maySecondStop(ctx)) ? newSecret() : null;
  await inTenant(ctx, async (tx, audit) => {
    await tx.pendingAction.updateMany({
      where: { tenantId, userId: user.id, kind: deed, state: 'waiting' },
      data: { state: 'cancelled' },
    });
    await tx.pendingAction.create({
      data: {
        tenantId,
        id,
        userId: user.id,
        kind: deed,
        state: 'waiting',
        requestedAt: now,
        readyAt,
        expiresAt: new Date(readyAt.getTime() + OPEN),
        cancelHash: hashOf(token),
        secondHash: secondToken === null || secondToken === token ? null : hashOf(secondToken),
      },
    });
    await audit('pending.asked', id);
  });
  return { id, readyAt, token, secondToken };
}

/** The wait for `deed` that is over and not used; null when there is none. */
export async function waitedFor(ctx: WaitContext, deed: Deed): Promise<string | null> {
  const found = await withTenant(ctx.prisma, ctx.tenantId, (tx) =>
    tx.pendingAction.findFirst({ where: isOver(ctx, deed), select: { id: true } }),
  );
  return found?.id ?? null;
}

/** Uses such a wait up; null when somebody was quicker. */
export async function takeWait(ctx: WaitContext, deed: Deed): Promise<string | null> {
  const id = await waitedFor(ctx, deed);
  if (id === null) return null;
  return inTenant(ctx, async (tx, audit) => {
    const { count } = await tx.pendingAction.updateMany({
      where: { id, ...isOver(ctx, deed) },
      data: { state: 'done' },
    });
    if (count === 0) return null;
    await audit('pending.done', id);
    return id;
  });
}

/** What was to be done failed: its wait is there again, unless somebody stopped it meanwhile. */
export async function giveBackWait({ prisma, tenantId }: WaitContext, id: string): Promise<void> {
  await withTenant(prisma, tenantId, (tx) =>
    tx.pendingAction.updateMany({ where: { tenantId, id, state: 'done' }, data: { state: 'waiting' } }),
  );
}

/** Stops a wait by the token of a mail. Null when it was none or is over; otherwise what would have been done. */
export async function cancelByToken(ctx: Context, token: string): Promise<Deed | null> {
  const found = await findBy(ctx, token, ['waiting', 'done']);
  if (!found) return null;
  const { tenantId, id, userId, kind } = found;
  const bySecond = found.secondHash !== null && Buffer.from(found.secondHash).equals(hashOf(token));
  const stopped = await inTenant({ ...ctx, tenantId, user: { id: userId } }, async (tx, audit) => {
    const { count } = await tx.pendingAction.updateMany({
      where: { tenantId, id, state: 'waiting' },
      data: { state: 'cancelled' },
    });
    if (count === 0) {
      await stopGivingBack(tx, tenantId, id);
      return false;
    }
    if (bySecond) await useUpStop(tx, ctx, userId);
    await audit('pending.cancelled', id);
    return true;
  });
  return stopped ? (kind as Deed) : null;
}

/** What is being done just now can't be stopped, but when it fails it doesn't wait once more. */
export async function stopGivingBack(tx: Tx, tenantId: string, id: string): Promise<void> {
  await tx.pendingAction.updateMany({ where: { tenantId, id, state: 'done' }, data: { state: 'cancelled' } });
}

/** What waits and can be stopped by this token, unchanged. */
export function pendingOf(ctx: Context, token: string) {
  return findBy(ctx, token, ['waiting']);
}

async function findBy(ctx: Context, token: string, states: ('waiting' | 'done')[]) {
  const [found] = await ctx.prisma.$queryRaw<{ tenantId: string; id: string }[]>`
    SELECT tenant_id AS "tenantId", id FROM across.pending_action(${hashOf(token)})`;
  if (!found) return null;
  return withTenant(ctx.prisma, found.tenantId, (tx) =>
    tx.pendingAction.findFirst({ where: { ...found, state: { in: states }, expiresAt: { gt: ctx.clock.now() } } }),
  );
}

async function maySecondStop(ctx: WaitContext): Promise<boolean> {
  return (await ctx.prisma.secondContact.count({ where: mayStop(ctx, ctx.user.id) })) > 0;
}

/** Throws the Refusal `not_found` when it was used up these days: nothing is stopped then. */
async function useUpStop(tx: Tx, ctx: Context, userId: string): Promise<void> {
  const data = { stoppedAt: ctx.clock.now() };
  const { count } = await tx.secondContact.updateMany({ where: mayStop(ctx, userId), data });
  if (count === 0) throw new Refusal('not_found');
}

/** The second contact of a user, unless they have stopped their removal these days. */
function mayStop({ clock }: Context, userId: string) {
  const before = new Date(clock.now().getTime() - ONCE_IN);
  return { userId, OR: [{ stoppedAt: null }, { stoppedAt: { lte: before } }] };
}

function isOver({ tenantId, user, clock }: WaitContext, deed: Deed) {
  const now = clock.now();
  return {
    tenantId,
    userId: user.id,
    kind: deed,
    state: 'waiting' as const,
    readyAt: { lte: now },
    expiresAt: { gt: now },
  };
}

type WaitAction = 'pending.asked' | 'pending.done' | 'pending.cancelled';

async function inTenant<T>(
  ctx: WaitContext,
  work: (tx: Tx, audit: (action: WaitAction, subjectId: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const actor = await memberOf(ctx, ctx.user.id, ctx.tenantId);
  return withTenant(ctx.prisma, ctx.tenantId, (tx) =>
    work(tx, (action, subjectId) => auditMember(tx, { ...ctx, actor }, { action, subjectId })),
  );
}
