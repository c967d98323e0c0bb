import { memberProcedure, publicProcedure } from '../rpc.ts';

/** For procedures that start a preview. */
export const previewProcedure = memberProcedure.use(async ({ ctx, next }) => {
  await ctx.limit('previewIn', ctx.actor.tenantId);
  await ctx.limit('previewBy', ctx.actor.userId);
  return next();
});

/** For who shows a receipt's link, signed in or not. */
export const receiptProcedure = publicProcedure.use(async ({ ctx, next }) => {
  if (ctx.client !== null) await ctx.limit('receiptFrom', ctx.client);
  return next();
});
