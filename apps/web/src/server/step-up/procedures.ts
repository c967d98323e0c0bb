import { memberProcedure, signedInProcedure } from '../rpc.ts';
import { whenFresh } from './fresh.ts';
import { placeOf } from './place.ts';
import type { Deed } from './policy.ts';

/** For what a member does in a tenant and has to confirm first: `freshMember('export').mutation(…)`. */
export function freshMember(deed: Deed) {
  return memberProcedure.use(async ({ ctx, next }) =>
    whenFresh({ ...ctx, tenantId: await placeOf(ctx, deed) }, deed, async () => passed(await next())),
  );
}

/** The same for what is a user's own. */
export function freshOwn(deed: Deed) {
  return signedInProcedure.use(async ({ ctx, next }) =>
    whenFresh({ ...ctx, tenantId: await placeOf(ctx, deed) }, deed, async () => passed(await next())),
  );
}

/** tRPC hands errors on in place of throwing them: what was used up has to be given back for those too. */
function passed<T extends { ok: boolean }>(result: T): T {
  if (!result.ok && 'error' in result) throw result.error;
  return result;
}
