import { Refusal } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { asUser } from '@secateur/core/tenants';
import type { Prisma, SessionHow, SharedTx } from '@secateur/db';
import { isLive } from './lifetime.ts';
import { keyOf } from './session-key.ts';

/** A session as its owner sees it. */
export type SessionView = {
  id: string;
  /** Whether it is the one that asks. */
  here: boolean;
  how: SessionHow;
  browser: string;
  system: string;
  createdAt: Date;
  lastSeenAt: Date;
};

/** Somebody with a session; what they do here concerns nobody's but theirs. */
export type OwnContext = Context & { user: { id: string }; session: { id: string } };

/** The sessions that a user has now: this one first, then those that were seen last. */
export async function listSessions({ prisma, user, session }: OwnContext, now = new Date()): Promise<SessionView[]> {
  const found = await prisma.session.findMany({
    where: { userId: user.id, ...isLive(now) },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'asc' }],
    select: { id: true, how: true, browser: true, system: true, createdAt: true, lastSeenAt: true },
  });
  const views = found.map((one) => ({ ...one, here: one.id === session.id }));
  return [...views.filter(({ here }) => here), ...views.filter(({ here }) => !here)];
}

/** Ends one session of one's own. Throws the Refusal `not_found` when there is none such. */
export async function endOneSession(ctx: OwnContext, { id }: { id: string }): Promise<{ ended: number }> {
  const done = await end(ctx, { id });
  if (done.ended === 0) throw new Refusal('not_found');
  return done;
}

/** Ends every session but the one that asks. */
export function endOtherSessions(ctx: OwnContext): Promise<{ ended: number }> {
  return end(ctx, { id: { not: ctx.session.id } });
}

/** Ends every session, this one too. */
export function endAllSessions(ctx: OwnContext): Promise<{ ended: number }> {
  return end(ctx, {});
}

/** Ends the session of a token, if there is one. */
export async function endSessionOf(ctx: Context, token: string): Promise<void> {
  const found = await ctx.prisma.session.findUnique({ where: { sessionToken: keyOf(token) } });
  if (found) await endThose(ctx, found.userId, { id: found.id });
}

/** It may be a stranger's session: what it has asked for by mail is worth nothing any more. */
function end(ctx: OwnContext, which: Prisma.SessionWhereInput): Promise<{ ended: number }> {
  return endThose(ctx, ctx.user.id, which, async (tx, ids) => {
    await tx.mailLink.deleteMany({ where: { userId: ctx.user.id, sessionId: { in: ids } } });
  });
}

function endThose(
  ctx: Context,
  userId: string,
  which: Prisma.SessionWhereInput,
  alsoEnd: (tx: SharedTx, ids: string[]) => Promise<void> = async () => {},
): Promise<{ ended: number }> {
  return asUser(ctx, userId, async (tx) => {
    const gone = await tx.session.findMany({ where: { ...which, userId }, select: { id: true } });
    const ids = gone.map(({ id }) => id);
    const { count } = await tx.session.deleteMany({ where: { userId, id: { in: ids } } });
    await alsoEnd(tx, ids);
    return {
      result: { ended: count },
      deeds: gone.map(({ id }) => ({ action: 'session.ended' as const, subjectId: id })),
    };
  });
}
