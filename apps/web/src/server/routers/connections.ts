import { connect, listConnections, reconnect } from '@secateur/core/connections';
import {
  connectInput,
  connectionInput,
  disconnectInput,
  moveInput,
  reconnectInput,
} from '@secateur/core/connections/schemas';
import { disconnect } from '@secateur/core/leaving';
import { leaveThere, moveHere } from '@secateur/core/moving';
import { beginConnecting } from '@secateur/core/oauth';
import { connectFlowInput } from '@secateur/core/oauth/schemas';
import { getStanding, liftLeft, makeVanishedAgain, readNow } from '@secateur/core/readings';
import { standingInput } from '@secateur/core/readings/schemas';
import { connectProcedure, consentProcedure } from '../limits/procedures.ts';
import { memberProcedure, router } from '../rpc.ts';
import { safePath } from '../sign-in/safe-path.ts';
import { freshMember } from '../step-up/procedures.ts';

export const connectionsRouter = router({
  list: memberProcedure.query(({ ctx }) => listConnections(ctx)),
  standing: memberProcedure.input(standingInput).query(({ ctx, input }) => getStanding(ctx, input)),
  readNow: memberProcedure.input(standingInput).mutation(({ ctx, input }) => readNow(ctx, input)),
  makeAgain: memberProcedure.input(standingInput).mutation(({ ctx, input }) => makeVanishedAgain(ctx, input)),
  liftLeft: memberProcedure.input(standingInput).mutation(({ ctx, input }) => liftLeft(ctx, input)),
  connect: freshMember('connect', 'connections', connectProcedure)
    .input(connectInput)
    .mutation(({ ctx, input }) => connect(ctx, input)),
  // No password is brought here: whoever consents proves at the account's own server that it is theirs.
  beginConsent: consentProcedure
    .input(connectFlowInput)
    .mutation(async ({ ctx, input }) =>
      beginConnecting({ ...ctx, browser: await ctx.browser() }, { ...input, back: safePath(input.back) }),
    ),
  reconnect: freshMember('connect', 'connections', connectProcedure)
    .input(reconnectInput)
    .mutation(({ ctx, input }) => reconnect(ctx, input)),
  // The proof of minutes ago, by this very tenant, is more than any step up.
  moveHere: memberProcedure.input(moveInput).mutation(({ ctx, input }) => moveHere(ctx, input)),
  leaveThere: memberProcedure.input(connectionInput).mutation(({ ctx, input }) => leaveThere(ctx, input)),
  disconnect: freshMember('disconnect', 'connections.leave')
    .input(disconnectInput)
    .mutation(({ ctx, input }) => disconnect(ctx, input)),
});
