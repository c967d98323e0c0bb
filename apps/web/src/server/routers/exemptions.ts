import {
  allow,
  allowSome,
  bringAllowed,
  disallow,
  fileOfAllowed,
  findAllowed,
  listAllowed,
} from '@secateur/core/exemptions';
import { allowInput, allowSomeInput, bringInput, fileInput, findInput } from '@secateur/core/exemptions/schemas';
import { memberProcedure, router } from '../rpc.ts';

export const exemptionsRouter = router({
  list: memberProcedure.query(({ ctx }) => listAllowed(ctx)),
  find: memberProcedure.input(findInput).query(({ ctx, input }) => findAllowed(ctx, input)),
  file: memberProcedure.input(fileInput).query(({ ctx, input }) => fileOfAllowed(ctx, input)),
  bring: memberProcedure.input(bringInput).mutation(({ ctx, input }) => bringAllowed(ctx, input)),
  allow: memberProcedure.input(allowInput).mutation(({ ctx, input }) => allow(ctx, input)),
  allowSome: memberProcedure.input(allowSomeInput).mutation(({ ctx, input }) => allowSome(ctx, input)),
  disallow: memberProcedure.input(allowInput).mutation(({ ctx, input }) => disallow(ctx, input)),
});
