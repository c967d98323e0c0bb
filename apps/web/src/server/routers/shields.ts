import {
  beginKeepingUp,
  cancel,
  discardPreview,
  extend,
  getPreview,
  getShield,
  listShields,
  listTargets,
  pause,
  raise,
  resume,
  startPreview,
  stopKeepingUp,
  undo,
  undoTarget,
} from '@secateur/core/shields';
import {
  extendInput,
  listInput,
  previewInput,
  shieldInput,
  targetInput,
  targetsInput,
} from '@secateur/core/shields/schemas';
import { previewProcedure } from '../limits/procedures.ts';
import { memberProcedure, router } from '../rpc.ts';

export const shieldsRouter = router({
  startPreview: previewProcedure.input(previewInput).mutation(({ ctx, input }) => startPreview(ctx, input)),
  preview: memberProcedure.input(shieldInput).query(({ ctx, input }) => getPreview(ctx, input)),
  discardPreview: memberProcedure.input(shieldInput).mutation(({ ctx, input }) => discardPreview(ctx, input)),
  raise: memberProcedure.input(shieldInput).mutation(({ ctx, input }) => raise(ctx, input)),
  get: memberProcedure.input(shieldInput).query(({ ctx, input }) => getShield(ctx, input)),
  list: memberProcedure.input(listInput).query(({ ctx, input }) => listShields(ctx, input)),
  targets: memberProcedure.input(targetsInput).query(({ ctx, input }) => listTargets(ctx, input)),
  pause: memberProcedure.input(shieldInput).mutation(({ ctx, input }) => pause(ctx, input)),
  resume: memberProcedure.input(shieldInput).mutation(({ ctx, input }) => resume(ctx, input)),
  cancel: memberProcedure.input(shieldInput).mutation(({ ctx, input }) => cancel(ctx, input)),
  undo: memberProcedure.input(shieldInput).mutation(({ ctx, input }) => undo(ctx, input)),
  beginKeepingUp: memberProcedure.input(shieldInput).mutation(({ ctx, input }) => beginKeepingUp(ctx, input)),
  stopKeepingUp: memberProcedure.input(shieldInput).mutation(({ ctx, input }) => stopKeepingUp(ctx, input)),
  extend: memberProcedure.input(extendInput).mutation(({ ctx, input }) => extend(ctx, input)),
  undoTarget: memberProcedure.input(targetInput).mutation(({ ctx, input }) => undoTarget(ctx, input)),
});
