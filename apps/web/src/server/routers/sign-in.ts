import { askToEnter, enterByPasskey, enterInput } from '../passkeys/enter.ts';
import { codeInput, enterByCode } from '../recovery/enter.ts';
import { publicProcedure, router } from '../rpc.ts';

/** For those who are not in yet. */
export const signInRouter = router({
  ask: publicProcedure.mutation(({ ctx }) => askToEnter(ctx)),
  byPasskey: publicProcedure.input(enterInput).mutation(({ ctx, input }) => enterByPasskey(ctx, input)),
  byCode: publicProcedure.input(codeInput).mutation(({ ctx, input }) => enterByCode(ctx, input)),
});
