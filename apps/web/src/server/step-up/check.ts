import { withTenant } from '@secateur/db';
import { deedInput } from './by-link.ts';
import { freshness, type StepContext } from './fresh.ts';
import { placeOf } from './place.ts';
import type { Way } from './policy.ts';

/** How somebody stands with something that needs a step up. */
export type Standing = {
  /** They may do it now. */
  fresh: boolean;
  /** How they confirm that it is them. */
  way: Way;
  /** Whether there is an address that a link can be sent to. Who has none proves their account elsewhere anew. */
  address: boolean;
  /** Since when it may be done, or from when on, where a wait for it has begun. */
  readyAt: Date | null;
};

type CheckContext = Omit<StepContext, 'tenantId'> & { session: { actingIn: string | null } };

/** Whether the page that was asked to wait may go on. */
export async function checkStanding(ctx: CheckContext, raw: unknown): Promise<Standing> {
  const { deed } = deedInput.parse(raw);
  const tenantId = await placeOf(ctx, deed);
  const verdict = await freshness({ ...ctx, tenantId }, deed);
  const { user, clock } = ctx;
  const waits = await withTenant(ctx.prisma, tenantId, (tx) =>
    tx.pendingAction.findFirst({
      where: { tenantId, userId: user.id, kind: deed, state: 'waiting', expiresAt: { gt: clock.now() } },
    }),
  );
  const { email } = await ctx.prisma.user.findUniqueOrThrow({ where: { id: user.id } });
  const way = verdict.fresh ? 'free' : verdict.way;
  return { fresh: verdict.fresh, way, address: email !== null, readyAt: waits?.readyAt ?? null };
}
