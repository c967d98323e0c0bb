import { memberProcedure } from '../rpc.ts';

/** For procedures that start a preview. */
export const previewProcedure = memberProcedure.use(async ({ ctx, next }) => {
  await ctx.limit('previewIn', ctx.actor.tenantId);
  await ctx.limit('previewBy', ctx.actor.userId);
  return next();
});
