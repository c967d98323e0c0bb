import { profileId } from '@secateur/base';
import { done, drop, type Outcome } from '@secateur/queue';
import { z } from 'zod';
import { establish, returned } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { open } from '../secrets/index.ts';
import { flowBinding } from './flow-binding.ts';
import { refuseFlow } from './outcome.ts';

const kept = z.object({
  profile: z.object({
    nativeId: z.string(),
    handle: z.string(),
    displayName: z.string().nullable(),
    followers: z.number().nullable(),
    following: z.number().nullable(),
    verified: z.boolean().nullable().default(null),
  }),
  credentials: z.string(),
});

/** Makes a connection of what a member consented to while signing in. */
export async function keepProven(ctx: WorkerContext, { flowId }: { flowId: string }): Promise<Outcome> {
  const flow = await ctx.prisma.oAuthFlow.findUnique({ where: { id: flowId } });
  if (flow?.stage !== 'taken' || flow.keepIn === null || flow.secret === null) return drop('nothing_to_keep');
  const signed = kept.parse(JSON.parse(await open(ctx, flowBinding(flow, 'credentials'), flow.secret)));
  const made = await establish(ctx, { tenantId: flow.keepIn, network: flow.network, connectionId: null }, signed);
  if ('problem' in made) {
    const accountId = profileId(flow.network, signed.profile.nativeId);
    await returned(ctx, flow.network, signed.credentials, { accountId, connectionId: null });
    return refuseFlow(ctx, flowId, made.problem);
  }
  await ctx.prisma.oAuthFlow.update({
    where: { id: flowId },
    data: { stage: 'done', connectionId: made.id, secret: null },
  });
  return done();
}
