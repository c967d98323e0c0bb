import { getQuota } from '@secateur/core/quotas';
import { memberProcedure, router } from '../rpc.ts';

export const quotasRouter = router({
  get: memberProcedure.query(({ ctx }) => getQuota(ctx)),
});
