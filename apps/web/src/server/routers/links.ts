import { followLink, linkInput, lookAt } from '../links/follow.ts';
import { publicProcedure, router } from '../rpc.ts';

/** For whoever holds a link from a mail, signed in or not: its token is what they may. */
export const linksRouter = router({
  // A mutation although it reads: what it is asked with opens a door, and addresses are logged.
  lookAt: publicProcedure.input(linkInput).mutation(({ ctx, input }) => lookAt(ctx, input)),
  follow: publicProcedure.input(linkInput).mutation(({ ctx, input }) => followLink(ctx, input)),
});
