import { profileId } from '@secateur/base';
import type { Action, NetworkName } from '@secateur/networks/port';
import { done, drop, type Outcome } from '@secateur/queue';
import { establish, networkOf, returned } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { open, sealForWorkers } from '../secrets/index.ts';
import { flowBinding } from './flow-binding.ts';
import { oauthOf, problemIn, refuseFlow } from './outcome.ts';

type Answered = {
  id: string;
  network: NetworkName;
  rights: Action[];
  keepIn: string | null;
  connectionId: string | null;
  secret: Uint8Array;
  answer: Uint8Array;
};

/**
 * Finishes at the account's server what a browser came back from: learns whose the account is and, for a member who asked for
 * that, makes it a connection. What nobody asked to keep is given back at once. Done at most once: a code that is shown
 * twice ends what it was exchanged for.
 */
export async function finishFlow(ctx: WorkerContext, { flowId }: { flowId: string }): Promise<Outcome> {
  const flow = await claim(ctx, flowId);
  if (!flow) return drop('nothing_to_finish');
  const port = networkOf(ctx, flow.network);
  try {
    const [secret, answer] = await Promise.all([
      open(ctx, flowBinding(flow, 'secret'), flow.secret),
      open(ctx, flowBinding(flow, 'answer'), flow.answer),
    ]);
    const signed = await oauthOf(port).finish(secret, new URLSearchParams(answer));
    const { profile, credentials } = signed;
    const giveBack = () =>
      returned(ctx, flow.network, credentials, {
        accountId: profileId(flow.network, profile.nativeId),
        connectionId: null,
      });
    const allowed = port.grantOf(credentials).rights.some((right) => flow.rights.includes(right));
    if (flow.keepIn !== null) {
      const made = allowed
        ? await establish(ctx, { tenantId: flow.keepIn, ...flow }, signed)
        : { problem: 'declined' as const };
      if ('id' in made) return conclude(ctx, flowId, { stage: 'done', connectionId: made.id });
      await giveBack();
      return refuseFlow(ctx, flowId, made.problem);
    }
    if (!allowed) await giveBack();
    return conclude(ctx, flowId, {
      stage: 'proven',
      problem: flow.rights.length > 0 && !allowed ? 'declined' : null,
      nativeId: profile.nativeId,
      handle: profile.handle,
      secret: allowed
        ? await sealForWorkers(ctx.keys.intake.publicKey, flowBinding(flow, 'credentials'), JSON.stringify(signed))
        : null,
    });
  } catch (error) {
    return refuseFlow(ctx, flowId, problemIn(error, 'finishing'));
  }
}

/** Takes what is needed out of the row, so that no second run of the job finds it. */
async function claim(ctx: WorkerContext, flowId: string): Promise<Answered | null> {
  const [flow] = await ctx.prisma.$queryRaw<Answered[]>`
    WITH found AS (SELECT id, secret, answer FROM oauth_flows
                   WHERE id = ${flowId}::uuid AND stage = 'answered' AND answer IS NOT NULL FOR UPDATE)
    UPDATE oauth_flows f SET secret = NULL, answer = NULL, url = NULL FROM found WHERE f.id = found.id
    RETURNING f.id, f.network::text AS network, f.rights::text[] AS rights, f.keep_in AS "keepIn",
              f.connection_id AS "connectionId", found.secret, found.answer`;
  return flow ?? null;
}

async function conclude(
  ctx: WorkerContext,
  id: string,
  data: Parameters<WorkerContext['prisma']['oAuthFlow']['update']>[0]['data'],
): Promise<Outcome> {
  await ctx.prisma.oAuthFlow.update({ where: { id }, data });
  return done();
}
