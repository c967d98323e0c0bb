import { exportTrail } from '@secateur/core/trail';
import { exportTrailInput } from '@secateur/core/trail/schemas';
import { createCallerFactory, memberProcedure, router } from '../rpc.ts';

/** What is handed out as a file: on the same ladder as every procedure, but answered by routes of its own. */
const filesRouter = router({
  // Whoever asks for a step-up before an export asks for it here.
  activity: memberProcedure.input(exportTrailInput).mutation(({ ctx, input }) => exportTrail(ctx, input)),
});
export const filesCaller = createCallerFactory(filesRouter);
export type FilesCaller = ReturnType<typeof filesCaller>;
