import { withTenant } from '@secateur/db';
import { NetworkError } from '@secateur/networks/port';
import { done, drop, type Outcome, snooze } from '@secateur/queue';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { oweOwners } from '../notices/index.ts';
import { actingFor, markRevoked } from './acting.ts';
import { nextTending, tendingNow } from './policy/index.ts';
import { meaningOf } from './problem.ts';

/**
 * Looks after a connection's session: renews it before it is lost for lying idle, tells its owner when it is about to end,
 * and says so when it has. A network that is away is tried again within the hour.
 */
export async function tendConnection(
  ctx: WorkerContext,
  ref: { tenantId: string; connectionId: string },
): Promise<Outcome> {
  const { tenantId, connectionId } = ref;
  const where = { tenantId_id: { tenantId, id: connectionId } };
  const row = await withTenant(ctx.prisma, tenantId, (tx) => tx.connection.findUnique({ where }));
  if (row?.state !== 'ready' && row?.state !== 'leaving') return drop('nothing_to_tend');
  const now = ctx.clock.now();
  const needs = tendingNow(row, now);
  if (needs.end) {
    await markRevoked(ctx, tenantId, connectionId, 'connection_revoked');
    return done();
  }
  if (needs.tell) await tell(ctx, ref, row.endsAt);
  if (!needs.renew) return done();
  try {
    const { account } = await actingFor(ctx, tenantId, connectionId);
    await account.renew();
    return done();
  } catch (error) {
    const problem = meaningOf(error);
    if (!(error instanceof NetworkError && error.problem === 'unauthorized')) return snooze(problem);
    await markRevoked(ctx, tenantId, connectionId, problem);
    return done();
  }
}

/** Notes that the owner was told: the page shows it from here on, and the trail says when. */
async function tell(
  ctx: WorkerContext,
  { tenantId, connectionId }: { tenantId: string; connectionId: string },
  endsAt: Date | null,
): Promise<void> {
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const { count } = await tx.connection.updateMany({
      where: { tenantId, id: connectionId, toldAt: null },
      data: { toldAt: now, tendAt: nextTending({ renewBy: null, endsAt, toldAt: now }, now) },
    });
    if (count === 0) return;
    await auditSystem(tx, tenantId, now, { action: 'connection.ending', subjectId: connectionId });
    await oweOwners(tx, tenantId, 'ending', endsAt ?? now);
    await record(tx, tenantId, now, [{ kind: 'connection', subjectId: connectionId }]);
  });
}
