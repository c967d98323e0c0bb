import { connect, listConnections, reconnect } from '@secateur/core/connections';
import { connectInput, reconnectInput } from '@secateur/core/connections/schemas';
import { beginConnecting } from '@secateur/core/oauth';
import { connectFlowInput } from '@secateur/core/oauth/schemas';
import { memberProcedure, router } from '../rpc.ts';

export const connectionsRouter = router({
  list: memberProcedure.query(({ ctx }) => listConnections(ctx)),
  connect: memberProcedure.input(connectInput).mutation(({ ctx, input }) => connect(ctx, input)),
  beginConsent: memberProcedure
    .input(connectFlowInput)
    .mutation(async ({ ctx, input }) => beginConnecting({ ...ctx, browser: await ctx.browser() }, input)),
  reconnect: memberProcedure.input(reconnectInput).mutation(({ ctx, input }) => reconnect(ctx, input)),
});
