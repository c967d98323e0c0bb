import { profileId } from '@secateur/base';
import { returned } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { open } from '../secrets/index.ts';
import { flowBinding } from './flow-binding.ts';

/** Flows looked at in one go. */
const MOST = 100;

/** Forgets flows whose time is over. Credentials that nobody came for are given back. */
export async function forgetFlows(ctx: WorkerContext): Promise<void> {
  const over = await ctx.prisma.oAuthFlow.findMany({ where: { expiresAt: { lte: new Date() } }, take: MOST });
  for (const flow of over) {
    if (flow.secret !== null && flow.nativeId !== null) {
      const { credentials } = JSON.parse(await open(ctx, flowBinding(flow, 'credentials'), flow.secret));
      const accountId = profileId(flow.network, flow.nativeId);
      await returned(ctx, flow.network, String(credentials), { accountId, connectionId: null });
    }
    await ctx.prisma.oAuthFlow.deleteMany({ where: { id: flow.id } });
  }
}
