import {
  acceptChanges,
  answerAppeal,
  endList,
  freeze,
  hear,
  listAppeals,
  listShared,
  lookAtList,
  publish,
  readAppeal,
  subscribe,
  takeOff,
  writeAppeal,
} from '@secateur/core/sharing';
import {
  answerAppealInput,
  answerInput,
  appealInput,
  hearInput,
  linkInput,
  listRef,
  publishInput,
  subscribeInput,
  takeOffInput,
} from '@secateur/core/sharing/schemas';
import { limitedFrom, listProcedure } from '../limits/procedures.ts';
import { memberProcedure, router } from '../rpc.ts';

export const listsRouter = router({
  list: memberProcedure.query(({ ctx }) => listShared(ctx)),
  publish: memberProcedure.input(publishInput).mutation(({ ctx, input }) => publish(ctx, input)),
  takeOff: memberProcedure.input(takeOffInput).mutation(({ ctx, input }) => takeOff(ctx, input)),
  end: memberProcedure.input(listRef).mutation(({ ctx, input }) => endList(ctx, input)),
  // A mutation although it reads: what it is asked with opens a door, and addresses are logged.
  lookAt: listProcedure.input(linkInput).mutation(({ ctx, input }) => lookAtList(ctx, input)),
  subscribe: listProcedure.input(subscribeInput).mutation(({ ctx, input }) => subscribe(ctx, input)),
  accept: memberProcedure.input(answerInput).mutation(({ ctx, input }) => acceptChanges(ctx, input)),
  freeze: memberProcedure.input(listRef).mutation(({ ctx, input }) => freeze(ctx, input)),
  // By anybody: nobody needs an account to say that they were caught by mistake.
  appeal: limitedFrom('appealFrom')
    .input(appealInput)
    .mutation(({ ctx, input }) => writeAppeal(ctx, input)),
  hear: memberProcedure.input(hearInput).mutation(({ ctx, input }) => hear(ctx, input)),
  appeals: memberProcedure.input(listRef).query(({ ctx, input }) => listAppeals(ctx, input)),
  readAppeal: memberProcedure.input(listRef).query(({ ctx, input }) => readAppeal(ctx, input)),
  answerAppeal: memberProcedure.input(answerAppealInput).mutation(({ ctx, input }) => answerAppeal(ctx, input)),
});
