import { beginLinking } from '@secateur/core/oauth';
import { linkFlowInput } from '@secateur/core/oauth/schemas';
import { limitedBy } from '../limits/procedures.ts';
import { router, signedInProcedure } from '../rpc.ts';
import { safePath } from '../sign-in/safe-path.ts';
import { freshOwn, readyOwn } from '../step-up/procedures.ts';
import { listWays } from '../ways/list.ts';
import { removeWay, wayInput } from '../ways/remove.ts';

export const waysRouter = router({
  list: signedInProcedure.query(({ ctx }) => listWays(ctx)),
  beginAdding: readyOwn('ways', limitedBy('consentBy'))
    .input(linkFlowInput)
    .mutation(async ({ ctx, input }) => {
      const asked = { ...input, back: safePath(input.back) };
      return beginLinking({ ...ctx, browser: await ctx.browser() }, ctx.user.id, asked);
    }),
  remove: freshOwn('ways')
    .input(wayInput)
    .mutation(({ ctx, input }) => removeWay(ctx, input)),
});
