import { done, drop, type Outcome } from '@secateur/queue';
import { networkOf } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { sealForWorkers } from '../secrets/index.ts';
import { digest } from './browser.ts';
import { flowBinding } from './flow-binding.ts';
import { oauthOf, problemIn, refuseFlow } from './outcome.ts';
import { ACCOUNT_CROWDS } from './schemas.ts';

/** Asks the account's server for a place to send the browser to, and keeps what is needed to go on when it is back. */
export async function sendOff(ctx: WorkerContext, { flowId }: { flowId: string }): Promise<Outcome> {
  const flow = await ctx.prisma.oAuthFlow.findUnique({ where: { id: flowId } });
  if (flow?.stage !== 'asked' || flow.expiresAt <= new Date()) return drop('nobody_waits');
  try {
    const crowds = ACCOUNT_CROWDS.filter((kind) => flow.crowds.includes(kind));
    const oauth = oauthOf(networkOf(ctx, flow.network));
    const { url, state, secret: begun } = await oauth.begin(flow.account, flow.rights, crowds);
    const secret = await sealForWorkers(ctx.keys.intake.publicKey, flowBinding(flow, 'secret'), begun);
    await ctx.prisma.oAuthFlow.updateMany({
      where: { id: flowId, stage: 'asked' },
      data: { stage: 'sent', url, stateHash: digest(state), secret },
    });
    return done();
  } catch (error) {
    // Somebody is waiting: they would rather try again themselves than wait for us to.
    return refuseFlow(ctx, flowId, problemIn(error, 'sending'));
  }
}
