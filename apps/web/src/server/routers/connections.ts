import { connect, listConnections, reconnect } from '@secateur/core/connections';
import { connectInput, reconnectInput } from '@secateur/core/connections/schemas';
import { memberProcedure, router } from '../rpc.ts';

export const connectionsRouter = router({
  list: memberProcedure.query(({ ctx }) => listConnections(ctx)),
  connect: memberProcedure.input(connectInput).mutation(({ ctx, input }) => connect(ctx, input)),
  reconnect: memberProcedure.input(reconnectInput).mutation(({ ctx, input }) => reconnect(ctx, input)),
});
