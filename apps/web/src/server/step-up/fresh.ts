import { Refusal } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { withTenant } from '@secateur/db';
import type { LiveSession } from '../sign-in/live-session.ts';
import { giveBackWait, takeWait, waitedFor } from './pending.ts';
import { type Deed, judge, type Verdict } from './policy.ts';

/** Somebody who wants to do something that needs more than their session, and the tenant that they do it in. */
export type StepContext = Context & {
  user: { id: string };
  session: Pick<LiveSession, 'id' | 'how' | 'createdAt' | 'provenAt' | 'verifiedAt'>;
  tenantId: string;
};

/** Whether somebody has confirmed that it is them, as far as `deed` needs it. */
export async function freshness(ctx: StepContext, deed: Deed): Promise<Verdict> {
  const userId = ctx.user.id;
  const [passkeys, nothingYet, waited] = await Promise.all([
    ctx.prisma.passkey.count({ where: { userId } }),
    hasNothingYet(ctx, deed),
    waitedFor(ctx, deed),
  ]);
  const facts = { hasPasskey: passkeys > 0, nothingYet, session: ctx.session, waited: waited !== null };
  return judge(deed, facts, new Date());
}

/**
 * Runs `work` for somebody who has confirmed that it is them. Throws the Refusal `step_up_needed`, with what to do and the
 * way to confirm it, when they haven't. A wait that is over is used up by it, and given back when `work` fails.
 */
export async function whenFresh<T>(ctx: StepContext, deed: Deed, work: () => Promise<T>): Promise<T> {
  const verdict = await freshness(ctx, deed);
  if (!verdict.fresh) throw new Refusal('step_up_needed', { deed, way: verdict.way });
  if (verdict.uses === 'nothing') return work();
  const taken = await takeWait(ctx, deed);
  if (taken === null) throw new Refusal('step_up_needed', { deed, way: 'day' });
  try {
    return await work();
  } catch (error) {
    await giveBackWait(ctx, taken);
    throw error;
  }
}

async function hasNothingYet({ prisma, user, tenantId }: StepContext, deed: Deed): Promise<boolean> {
  if (deed === 'contact') return (await prisma.secondContact.count({ where: { userId: user.id } })) === 0;
  if (deed !== 'connect') return false;
  return withTenant(prisma, tenantId, async (tx) => (await tx.connection.count({ where: { tenantId } })) === 0);
}
