import { Refusal } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { withTenant } from '@secateur/db';
import type { LiveSession } from '../sign-in/live-session.ts';
import { giveBackWait, takeWait, waitedFor } from './pending.ts';
import { type Deed, judge, SETTLED, type Verdict } from './policy.ts';

/** Somebody who wants to do something that needs more than their session, and the tenant that they do it in. */
export type StepContext = Context & {
  user: { id: string };
  session: Pick<LiveSession, 'id' | 'how' | 'createdAt' | 'provenAt' | 'verifiedAt'>;
  tenantId: string;
};

/** Whether somebody has confirmed that it is them, as far as `deed` needs it. */
export async function freshness(ctx: StepContext, deed: Deed): Promise<Verdict> {
  const userId = ctx.user.id;
  const now = new Date();
  const dayAgo = new Date(now.getTime() - SETTLED);
  const [first, recovered, nothingYet, waited] = await Promise.all([
    ctx.prisma.passkey.findFirst({ where: { userId }, orderBy: { createdAt: 'asc' }, select: { createdAt: true } }),
    ctx.prisma.recoveryCode.count({ where: { userId, usedAt: { gt: dayAgo } } }),
    hasNothingYet(ctx, deed),
    waitedFor(ctx, deed),
  ]);
  const settled = first !== null && first.createdAt <= dayAgo && recovered === 0;
  const facts = { hasPasskey: first !== null, settled, nothingYet, session: ctx.session, waited: waited !== null };
  return judge(deed, facts, now);
}

/**
 * Runs `work` for somebody who has confirmed that it is them. Throws the Refusal `step_up_needed`, with what to do and the
 * way to confirm it, when they haven't. A wait that is over is used up by it, and given back when `work` fails, or says so
 * later: what it began may be a stream.
 */
export async function whenFresh<T>(
  ctx: StepContext,
  deed: Deed,
  work: (giveBack: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const verdict = await freshness(ctx, deed);
  if (!verdict.fresh) throw new Refusal('step_up_needed', { deed, way: verdict.way });
  if (verdict.uses === 'nothing') return work(async () => {});
  const taken = await takeWait(ctx, deed);
  if (taken === null) throw new Refusal('step_up_needed', { deed, way: 'day' });
  const giveBack = () => giveBackWait(ctx, taken);
  try {
    return await work(giveBack);
  } catch (error) {
    await giveBack();
    throw error;
  }
}

async function hasNothingYet({ prisma, user, tenantId }: StepContext, deed: Deed): Promise<boolean> {
  if (deed === 'contact') return (await prisma.secondContact.count({ where: { userId: user.id } })) === 0;
  if (deed !== 'connect') return false;
  return withTenant(prisma, tenantId, async (tx) => (await tx.connection.count({ where: { tenantId } })) === 0);
}
