import {
  acceptChanges,
  endList,
  freeze,
  listShared,
  lookAtList,
  publish,
  subscribe,
  takeOff,
} from '@secateur/core/sharing';
import {
  answerInput,
  linkInput,
  listRef,
  publishInput,
  subscribeInput,
  takeOffInput,
} from '@secateur/core/sharing/schemas';
import { listProcedure } from '../limits/procedures.ts';
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
});
