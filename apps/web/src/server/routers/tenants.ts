import {
  acceptInvitation,
  createOrganisation,
  getTenant,
  lookAtInvitation,
  rename,
  writeWishes,
} from '@secateur/core/tenants';
import { organisationInput, renameInput, tenantInput, tokenInput, wishesInput } from '@secateur/core/tenants/schemas';
import { chooseTenant } from '../choose-tenant.ts';
import { memberProcedure, router, signedInProcedure } from '../rpc.ts';

export const tenantsRouter = router({
  current: memberProcedure.query(({ ctx }) => getTenant(ctx)),
  rename: memberProcedure.input(renameInput).mutation(({ ctx, input }) => rename(ctx, input)),
  writeWishes: memberProcedure.input(wishesInput).mutation(({ ctx, input }) => writeWishes(ctx, input)),
  choose: signedInProcedure.input(tenantInput).mutation(({ ctx, input }) => chooseTenant(ctx, input)),
  createOrganisation: signedInProcedure
    .input(organisationInput)
    .mutation(({ ctx, input }) => createOrganisation(ctx, ctx.user.id, input)),
  // A mutation although it reads: what it is asked with opens a door, and addresses are logged.
  lookAtInvitation: signedInProcedure.input(tokenInput).mutation(({ ctx, input }) => lookAtInvitation(ctx, input)),
  acceptInvitation: signedInProcedure
    .input(tokenInput)
    .mutation(({ ctx, input }) => acceptInvitation(ctx, ctx.user, input)),
});
