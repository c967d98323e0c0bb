import { readTrail } from '@secateur/core/trail';
import { readTrailInput } from '@secateur/core/trail/schemas';
import { memberProcedure, router } from '../rpc.ts';

export const trailRouter = router({
  read: memberProcedure.input(readTrailInput).query(({ ctx, input }) => readTrail(ctx, input)),
});
