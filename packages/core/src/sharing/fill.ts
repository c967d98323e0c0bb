import { DAY, HOUR, MINUTE } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { WAITS } from './appeals.ts';
import { fillListJob } from './jobs.ts';

type Ref = { tenantId: string; listId: string };

/** Accounts that are put on a list, or cleared away, in one transaction. */
const STEP = 2_000;
/** How often it is asked whether its shield means more people. */
const AGAIN = HOUR;

/** Who was taken off a list is known for so long after its end, for those who follow it and were not woken. */
const KEPT = 7 * DAY;
/** Before everybody. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

type List = NonNullable<Awaited<ReturnType<Tx['sharedList']['findUnique']>>>;
/** How a turn ended, when the next is due, and which change is to be told of. */
type Turn = { outcome: Outcome; next: Date | null; tell: { change: number; tokenHash: Uint8Array } | null };

/**
 * Puts everybody on a published list whom its shield means: every target, spared or not, undone or not, so that nothing on it
 * says whom the author knows. Clears one away that has ended. Then wakes whoever follows, when nothing of the list is locked
 * any more: how long that takes is nothing for its author to see. Were that lost, they look within the hour.
 */
export async function fillList(ctx: WorkerContext, ref: Ref): Promise<Outcome> {
  const { tenantId, listId } = ref;
  const now = ctx.clock.now();
  const { outcome, next, tell } = await withTenant(ctx.prisma, tenantId, (tx) => bringUp(tx, ref, now));
  if (!tell) return outcome;
  await ctx.prisma.$executeRaw`SELECT across.wake_subscriptions(${tell.tokenHash}::bytea, ${now}::timestamptz)`;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    await tx.$executeRaw`
      UPDATE shared_lists SET told = ${tell.change}::int,
             wake_at = CASE WHEN change = ${tell.change}::int THEN ${next}::timestamptz ELSE wake_at END
      WHERE tenant_id = ${tenantId}::uuid AND id = ${listId}::uuid`;
  });
  return outcome;
}

async function bringUp(tx: Tx, ref: Ref, now: Date): Promise<Turn> {
  const { tenantId, listId } = ref;
  await tx.$executeRaw`SELECT id FROM shared_lists WHERE tenant_id = ${tenantId}::uuid AND id = ${listId}::uuid FOR UPDATE`;
  const list = await tx.sharedList.findUnique({ where: { tenantId_id: { tenantId, id: listId } } });
  if (!list) return { outcome: drop('no_such_list'), next: null, tell: null };
  if (list.endedAt !== null) return clearAway(tx, ref, list, list.endedAt, now);
  await tx.appeal.deleteMany({
    where: { tenantId, listId, answeredAt: null, cameAt: { lte: new Date(now.getTime() - WAITS) } },
  });
  const begun = list.walkedTo !== null;
  const targets = begun ? list.counted : await targetsOf(tx, tenantId, list.shieldId);
  const added = targets === list.counted && !begun ? [] : await add(tx, ref, list);
  const more = added.length === STEP;
  const change = list.change + (added.length > 0 ? 1 : 0);
  const tell = !more && (change > list.told || !list.filled);
  const next = new Date(now.getTime() + AGAIN);
  await tx.sharedList.update({
    where: { tenantId_id: { tenantId, id: listId } },
    data: {
      size: { increment: added.length },
      change,
      counted: targets,
      walkedTo: more ? (added.at(-1)?.profileId ?? null) : null,
      ...(more ? {} : { filled: true }),
      wakeAt: more || tell ? new Date(now.getTime() + MINUTE) : next,
    },
  });
  if (added.length > 0 || !list.filled) await record(tx, tenantId, now, [{ kind: 'list', subjectId: listId }]);
  if (more) await enqueue(tx, fillListJob, ref);
  return {
    outcome: more ? snooze('more_to_list') : done(),
    next,
    tell: tell ? { change, tokenHash: list.tokenHash } : null,
  };
}

async function targetsOf(tx: Tx, tenantId: string, shieldId: string): Promise<number> {
  const { _sum } = await tx.shieldConnection.aggregate({ where: { tenantId, shieldId }, _sum: { total: true } });
  return _sum.total ?? 0;
}

/**
 * In the order of their ids, which says nothing about anybody, from where the last stretch ended. Who became a target behind
 * that place makes the shield's count differ, and is found when it is looked through again.
 */
async function add(tx: Tx, { tenantId, listId }: Ref, list: List): Promise<{ profileId: string }[]> {
  return tx.$queryRaw<{ profileId: string }[]>`
    WITH came AS (
      INSERT INTO shared_members (tenant_id, list_id, profile_id, change)
      SELECT DISTINCT ON (t.profile_id) ${tenantId}::uuid, ${listId}::uuid, t.profile_id, ${list.change + 1}::int
      FROM targets t JOIN profiles p ON p.id = t.profile_id AND p.network = ${list.network}::network
      WHERE t.tenant_id = ${tenantId}::uuid AND t.shield_id = ${list.shieldId}::uuid
        AND t.profile_id > ${list.walkedTo ?? NOBODY}::uuid
        AND NOT EXISTS (SELECT FROM shared_members m WHERE m.tenant_id = ${tenantId}::uuid AND m.list_id = ${listId}::uuid
                          AND m.profile_id = t.profile_id)
      ORDER BY t.profile_id LIMIT ${STEP}
      RETURNING profile_id
    ) SELECT profile_id AS "profileId" FROM came ORDER BY 1`;
}

/** Who is on it goes at once, with all appeals; who was taken off when everybody who follows had time to hear of it. */
async function clearAway(tx: Tx, { tenantId, listId }: Ref, list: List, endedAt: Date, now: Date): Promise<Turn> {
  const until = new Date(endedAt.getTime() + KEPT);
  await tx.appeal.deleteMany({ where: { tenantId, listId } });
  const cleared = await tx.$executeRaw`
    DELETE FROM shared_members WHERE tenant_id = ${tenantId}::uuid AND list_id = ${listId}::uuid
      AND profile_id IN (SELECT profile_id FROM shared_members
                         WHERE tenant_id = ${tenantId}::uuid AND list_id = ${listId}::uuid
                           AND (NOT taken_off OR ${until <= now}::boolean) LIMIT ${STEP})`;
  const more = cleared === STEP;
  const { change, tokenHash } = list;
  const tell = change > list.told ? { change, tokenHash } : null;
  const soon = new Date(now.getTime() + MINUTE);
  const next = more ? soon : until <= now ? null : until;
  await tx.sharedList.update({
    where: { tenantId_id: { tenantId, id: listId } },
    data: { size: 0, wakeAt: tell ? soon : next },
  });
  if (more) await enqueue(tx, fillListJob, { tenantId, listId });
  return { outcome: done(), next, tell };
}
