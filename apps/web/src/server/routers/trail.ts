import { countNewer, readTrail } from '@secateur/core/trail';
import { countNewerInput, readTrailInput } from '@secateur/core/trail/schemas';
import { memberProcedure, router } from '../rpc.ts';

export const trailRouter = router({
  read: memberProcedure.input(readTrailInput).query(({ ctx, input }) => readTrail(ctx, input)),
  newer: memberProcedure.input(countNewerInput).query(({ ctx, input }) => countNewer(ctx, input)),
});
