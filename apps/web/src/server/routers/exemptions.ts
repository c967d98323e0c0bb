import { allow, disallow, listAllowed } from '@secateur/core/exemptions';
import { allowInput } from '@secateur/core/exemptions/schemas';
import { memberProcedure, router } from '../rpc.ts';

export const exemptionsRouter = router({
  list: memberProcedure.query(({ ctx }) => listAllowed(ctx)),
  allow: memberProcedure.input(allowInput).mutation(({ ctx, input }) => allow(ctx, input)),
  disallow: memberProcedure.input(allowInput).mutation(({ ctx, input }) => disallow(ctx, input)),
});
