import type { Problem } from '@secateur/base';
import { NetworkError, type NetworkPort, type OAuthPort } from '@secateur/networks/port';
import { done, type Outcome } from '@secateur/queue';
import { meaningOf } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { refusalOf } from './policy/index.ts';

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

/** Why it did not work. Anything that is not a network's refusal is thrown again. */
export function problemIn(error: unknown, step: 'sending' | 'finishing'): Problem {
  const refusal = error instanceof NetworkError ? refusalOf(error.problem, step) : null;
  return refusal ?? meaningOf(error);
}
