import { exportTrail } from '@secateur/core/trail';
import { exportTrailInput } from '@secateur/core/trail/schemas';
import { createCallerFactory, router } from '../rpc.ts';
import { freshMember } from '../step-up/procedures.ts';

/** What is handed out as a file: on the same ladder as every procedure, but answered by routes of its own. */
const filesRouter = router({
  activity: freshMember('export')
    .input(exportTrailInput)
    .mutation(({ ctx, input }) => exportTrail(ctx, input)),
});
export const filesCaller = createCallerFactory(filesRouter);
export type FilesCaller = ReturnType<typeof filesCaller>;
