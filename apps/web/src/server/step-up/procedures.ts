import { Refusal } from '@secateur/base';
import { demand } from '@secateur/core/tenants';
import type { Permission } from '@secateur/core/tenants/policy';
import { memberProcedure, signedInProcedure } from '../rpc.ts';
import { freshness, whenFresh } from './fresh.ts';
import { placeOf } from './place.ts';
import type { Deed } from './policy.ts';

/**
 * For what a member does in a tenant and has to confirm first: `freshMember('export', 'export').mutation(…)`. Who may not
 * do it at all is not asked to confirm anything. `from` counts tries, for what is not to be tried often. `ctx.giveBack` is for what fails after the procedure has returned.
 */
export function freshMember(deed: Deed, permission: Permission, from: typeof memberProcedure = memberProcedure) {
  return from.use(async ({ ctx, next }) => {
    demand(ctx, permission);
    const place = { ...ctx, tenantId: await placeOf(ctx, deed) };
    return whenFresh(place, deed, async (giveBack) => passed(await next({ ctx: { giveBack } })));
  });
}

/** The same for what is a user's own. */
export function freshOwn(deed: Deed, from: typeof signedInProcedure = signedInProcedure) {
  return from.use(async ({ ctx, next }) =>
    whenFresh({ ...ctx, tenantId: await placeOf(ctx, deed) }, deed, async () => passed(await next())),
  );
}

/**
 * For the beginning of something of one's own that goes on elsewhere and may fail there: it has to be confirmed like any deed,
 * and a wait is used up where it ends (`useUp`), not here.
 */
export function readyOwn(deed: Deed, from: typeof signedInProcedure = signedInProcedure) {
  return from.use(async ({ ctx, next }) => {
    const verdict = await freshness({ ...ctx, tenantId: await placeOf(ctx, deed) }, deed);
    if (!verdict.fresh) throw new Refusal('step_up_needed', { deed, way: verdict.way });
    return next();
  });
}

/** tRPC hands errors on in place of throwing them: what was used up has to be given back for those too. */
function passed<T extends { ok: boolean }>(result: T): T {
  if (!result.ok && 'error' in result) throw result.error;
  return result;
}
