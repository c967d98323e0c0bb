import { addUpload, getUpload } from '@secateur/core/uploads';
import { uploadInput, uploadRef } from '@secateur/core/uploads/schemas';
import { uploadProcedure } from '../limits/procedures.ts';
import { createCallerFactory, memberProcedure, router } from '../rpc.ts';

export const uploadsRouter = router({
  add: uploadProcedure.input(uploadInput).mutation(({ ctx, input }) => addUpload(ctx, input)),
  get: memberProcedure.input(uploadRef).query(({ ctx, input }) => getUpload(ctx, input)),
});
/** For the route that takes files too large for a call. */
export const uploadsCaller = createCallerFactory(uploadsRouter);
