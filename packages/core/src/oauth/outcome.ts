import type { Problem } from '@secateur/base';
import { NetworkError, type NetworkPort, type OAuthPort } from '@secateur/networks/port';
import { done, type Outcome } from '@secateur/queue';
import type { WorkerContext } from '../context/index.ts';

/** Throws NetworkError `rejected` for a network that people can't be sent to. */
export function oauthOf(port: NetworkPort): OAuthPort {
  if (port.oauth === null) throw new NetworkError('rejected', { message: 'no OAuth here' });
  return port.oauth;
}

/** Ends a flow with the reason, and forgets all that was sealed in it. */
export async function refuseFlow(ctx: WorkerContext, flowId: string, problem: Problem): Promise<Outcome> {
  await ctx.prisma.oAuthFlow.updateMany({
    where: { id: flowId },
    data: { stage: 'refused', problem, url: null, secret: null, answer: null },
  });
  return done();
}

/** Gives credentials back that nobody is to use. They run out by themselves where the network is away. */
export async function giveBack(port: NetworkPort, credentials: string): Promise<void> {
  try {
    await port.actFor(credentials, (renew) => renew(credentials)).giveBack();
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
  }
}
