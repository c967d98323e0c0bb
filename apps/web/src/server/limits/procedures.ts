import { memberProcedure, publicProcedure, signedInProcedure } from '../rpc.ts';
import type { PolicyName } from './policies.ts';

/** For procedures that start a preview. */
export const previewProcedure = memberProcedure.use(async ({ ctx, next }) => {
  await ctx.limit('previewIn', ctx.actor.tenantId);
  await ctx.limit('previewBy', ctx.actor.userId);
  return next();
});

/** For procedures that take a file in. */
export const uploadProcedure = memberProcedure.use(async ({ ctx, next }) => {
  await ctx.limit('uploadBy', ctx.actor.userId);
  return next();
});

/** For procedures that send a member to their network's server. */
export const consentProcedure = memberProcedure.use(async ({ ctx, next }) => {
  await ctx.limit('consentBy', ctx.actor.userId);
  return next();
});

/** For those who are not in yet, counted by the address that they come from. */
export function limitedFrom(name: PolicyName) {
  return publicProcedure.use(async ({ ctx, next }) => {
    if (ctx.client !== null) await ctx.limit(name, ctx.client);
    return next();
  });
}

/** For what is a user's own, counted by user, whichever browser they are in. */
export function limitedBy(name: PolicyName) {
  return signedInProcedure.use(async ({ ctx, next }) => {
    await ctx.limit(name, ctx.user.id);
    return next();
  });
}

/** For what tries an account's password: counted for all members of a tenant together, and for each in all their tenants. */
export const connectProcedure = memberProcedure.use(async ({ ctx, next }) => {
  await ctx.limit('connectIn', ctx.actor.tenantId);
  await ctx.limit('connectBy', ctx.actor.userId);
  return next();
});

/** For who shows a receipt's link, signed in or not. */
export const receiptProcedure = publicProcedure.use(async ({ ctx, next }) => {
  if (ctx.client !== null) await ctx.limit('receiptFrom', ctx.client);
  return next();
});

/** For who opens the link to a shared list. */
export const listProcedure = memberProcedure.use(async ({ ctx, next }) => {
  await ctx.limit('listBy', ctx.actor.userId);
  return next();
});
