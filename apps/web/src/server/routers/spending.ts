import { getSpending, setSpendingCap } from '@secateur/core/spending';
import { capInput } from '@secateur/core/spending/schemas';
import { memberProcedure, router } from '../rpc.ts';

export const spendingRouter = router({
  get: memberProcedure.query(({ ctx }) => getSpending(ctx)),
  setCap: memberProcedure.input(capInput).mutation(({ ctx, input }) => setSpendingCap(ctx, input)),
});
