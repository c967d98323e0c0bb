import { limitedFrom } from '../limits/procedures.ts';
import { askToEnter, enterByPasskey, enterInput } from '../passkeys/enter.ts';
import { codeInput, enterByCode } from '../recovery/enter.ts';
import { router } from '../rpc.ts';

/** For those who are not in yet. */
export const signInRouter = router({
  ask: limitedFrom('doorFrom').mutation(({ ctx }) => askToEnter(ctx)),
  byPasskey: limitedFrom('doorFrom')
    .input(enterInput)
    .mutation(({ ctx, input }) => enterByPasskey(ctx, input)),
  byCode: limitedFrom('codeFrom')
    .input(codeInput)
    .mutation(({ ctx, input }) => enterByCode(ctx, input)),
});
