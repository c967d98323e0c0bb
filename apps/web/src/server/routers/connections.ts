import { connect, listConnections, reconnect } from '@secateur/core/connections';
import { connectInput, disconnectInput, reconnectInput } from '@secateur/core/connections/schemas';
import { disconnect } from '@secateur/core/leaving';
import { memberProcedure, router } from '../rpc.ts';
import { freshMember } from '../step-up/procedures.ts';

export const connectionsRouter = router({
  list: memberProcedure.query(({ ctx }) => listConnections(ctx)),
  connect: freshMember('connect')
    .input(connectInput)
    .mutation(({ ctx, input }) => connect(ctx, input)),
  reconnect: freshMember('connect')
    .input(reconnectInput)
    .mutation(({ ctx, input }) => reconnect(ctx, input)),
  disconnect: freshMember('disconnect')
    .input(disconnectInput)
    .mutation(({ ctx, input }) => disconnect(ctx, input)),
});
