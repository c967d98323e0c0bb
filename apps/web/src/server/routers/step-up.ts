import { limitedBy } from '../limits/procedures.ts';
import { memberProcedure, router, signedInProcedure } from '../rpc.ts';
import { deedInput, sendStepLink } from '../step-up/by-link.ts';
import { askForPasskey, confirmByPasskey, stepUpInput } from '../step-up/by-passkey.ts';
import { checkStanding } from '../step-up/check.ts';
import { listPending, pendingInput, stopPending } from '../step-up/watch-over.ts';

export const stepUpRouter = router({
  check: signedInProcedure.input(deedInput).query(({ ctx, input }) => checkStanding(ctx, input)),
  askForPasskey: limitedBy('confirmBy').mutation(({ ctx }) => askForPasskey(ctx)),
  byPasskey: limitedBy('confirmBy')
    .input(stepUpInput)
    .mutation(({ ctx, input }) => confirmByPasskey(ctx, input)),
  sendLink: limitedBy('confirmLinkBy')
    .input(deedInput)
    .mutation(({ ctx, input }) => sendStepLink(ctx, input)),
  pending: memberProcedure.query(({ ctx }) => listPending(ctx)),
  stop: memberProcedure.input(pendingInput).mutation(({ ctx, input }) => stopPending(ctx, input)),
});
