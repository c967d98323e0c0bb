import { newId } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { WAITS } from './appeals.ts';
import { deliverAppealJob } from './jobs.ts';
import { profilesNamed } from './named.ts';

type Written = { network: NetworkName; account: string; reason: string; words: string | null };
type Place = { tenantId: string; listId: string; profileId: string };

/** Lists that one turn brings it to. */
const STEP = 50;
/** So many wait for one list's author at a time. More are dropped: nobody is buried in what strangers write. */
export const MOST_WAITING = 20;

/**
 * Brings what somebody wrote to every list that they are on and whose author hears appeals, once for each list and account: who
 * was left on it is not heard again. Then it is gone from where it was written, whether it reached anybody or not.
 */
export async function deliverAppeal(ctx: WorkerContext, { appealId }: { appealId: string }): Promise<Outcome> {
  const now = ctx.clock.now();
  const since = new Date(now.getTime() - WAITS);
  const [written] = await ctx.prisma.$queryRaw<Written[]>`
    SELECT network::text AS network, account, reason::text AS reason, words FROM written_appeals WHERE id = ${appealId}::uuid`;
  if (!written) return drop('no_such_appeal');
  const profileIds = await profilesNamed(ctx.prisma, written.network, written.account);
  const places = await ctx.prisma.$queryRaw<Place[]>`
    SELECT tenant_id AS "tenantId", list_id AS "listId", profile_id AS "profileId"
    FROM across.appealed_lists(${profileIds}::uuid[], ${since}::timestamptz, ${MOST_WAITING}::int, ${STEP}::int)`;
  for (const place of places) {
    await withTenant(ctx.prisma, place.tenantId, (tx) => bring(tx, place, written, { now, since }));
  }
  const more = places.length === STEP;
  await ctx.prisma.$transaction(async (tx) => {
    if (more) await enqueue(tx, deliverAppealJob, { appealId });
    else await tx.$executeRaw`DELETE FROM written_appeals WHERE id = ${appealId}::uuid`;
  });
  return more ? snooze('more_lists') : done();
}

async function bring(
  tx: Tx,
  { tenantId, listId, profileId }: Place,
  { reason, words }: Written,
  { now, since }: { now: Date; since: Date },
): Promise<void> {
  // Locked before they are counted, so that those who write at once are counted one after the other.
  const heard = await tx.$executeRaw`
    SELECT id FROM shared_lists
    WHERE tenant_id = ${tenantId}::uuid AND id = ${listId}::uuid AND hears AND ended_at IS NULL FOR UPDATE`;
  const waiting = await tx.appeal.count({ where: { tenantId, listId, answeredAt: null, cameAt: { gt: since } } });
  if (heard === 0 || waiting >= MOST_WAITING) return;
  const brought = await tx.$executeRaw`
    INSERT INTO appeals (tenant_id, id, list_id, profile_id, reason, words, came_at)
    VALUES (${tenantId}::uuid, ${newId()}::uuid, ${listId}::uuid, ${profileId}::uuid, ${reason}::appeal_reason, ${words}, ${now})
    ON CONFLICT (tenant_id, list_id, profile_id) DO UPDATE
      SET reason = excluded.reason, words = excluded.words, came_at = excluded.came_at
      WHERE appeals.answered_at IS NULL AND appeals.came_at <= ${since}::timestamptz`;
  if (brought === 0) return;
  await auditSystem(tx, tenantId, now, { action: 'list.appealed', subjectId: profileId });
  await record(tx, tenantId, now, [{ kind: 'list', subjectId: listId }]);
}
