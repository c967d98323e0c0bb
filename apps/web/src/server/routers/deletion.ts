import { askDeletion, cancelDeletion, viewDeletion, viewReceipt } from '@secateur/core/deletion';
import { askDeletionInput, receiptInput } from '@secateur/core/deletion/schemas';
import { receiptProcedure } from '../limits/procedures.ts';
import { memberProcedure, router } from '../rpc.ts';
import { freshMember } from '../step-up/procedures.ts';

export const deletionRouter = router({
  view: memberProcedure.query(({ ctx }) => viewDeletion(ctx)),
  ask: freshMember('delete', 'delete')
    .input(askDeletionInput)
    .mutation(({ ctx, input }) => askDeletion(ctx, input)),
  // Nobody has to show again that it is them to leave everything as it is.
  callOff: memberProcedure.mutation(({ ctx }) => cancelDeletion(ctx)),
  // A mutation although it reads: what it is asked with is all that it takes, and addresses are logged.
  receipt: receiptProcedure.input(receiptInput).mutation(({ ctx, input }) => viewReceipt(ctx, input)),
});
