import { HOUR } from '@secateur/base';
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

/**
 * Puts everybody on a published list whom its shield means: every target, spared or not, undone or not, so that nothing on it
 * says whom the author knows. Clears one away that has ended.
 */
export async function fillList(ctx: WorkerContext, ref: Ref): Promise<Outcome> {
  const { tenantId, listId } = ref;
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    await tx.$executeRaw`SELECT id FROM shared_lists WHERE tenant_id = ${tenantId}::uuid AND id = ${listId}::uuid FOR UPDATE`;
    const where = { tenantId_id: { tenantId, id: listId } };
    const list = await tx.sharedList.findUnique({ where });
    if (!list) return drop('no_such_list');
    if (list.endedAt !== null) {
      const cleared = await clear(tx, ref);
      await tx.sharedList.update({ where, data: { size: 0, ...(cleared < STEP ? { wakeAt: null } : {}) } });
      if (cleared === STEP) await enqueue(tx, fillListJob, ref);
      return done();
    }
    await tx.appeal.deleteMany({
      where: { tenantId, listId, answeredAt: null, cameAt: { lte: new Date(now.getTime() - WAITS) } },
    });
    const counted = await targetsOf(tx, tenantId, list.shieldId);
    const added = counted === list.counted ? 0 : await add(tx, ref, list);
    const more = added === STEP;
    await tx.sharedList.update({
      where,
      data: {
        size: { increment: added },
        ...(added > 0 ? { change: { increment: 1 } } : {}),
        ...(more ? {} : { filled: true, counted }),
        wakeAt: new Date(now.getTime() + AGAIN),
      },
    });
    if (added > 0 || !list.filled) {
      await tx.$executeRaw`SELECT across.wake_subscriptions(${list.tokenHash}::bytea, ${now}::timestamptz)`;
      await record(tx, tenantId, now, [{ kind: 'list', subjectId: listId }]);
    }
    if (more) await enqueue(tx, fillListJob, ref);
    return more ? snooze('more_to_list') : done();
  });
}

async function targetsOf(tx: Tx, tenantId: string, shieldId: string): Promise<number> {
  const { _sum } = await tx.shieldConnection.aggregate({ where: { tenantId, shieldId }, _sum: { total: true } });
  return _sum.total ?? 0;
}

/** In the order of their ids, which says nothing about anybody. */
async function add(
  tx: Tx,
  { tenantId, listId }: Ref,
  list: { shieldId: string; network: string; change: number },
): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO shared_members (tenant_id, list_id, profile_id, change)
    SELECT DISTINCT ON (t.profile_id) ${tenantId}::uuid, ${listId}::uuid, t.profile_id, ${list.change + 1}::int
    FROM targets t JOIN profiles p ON p.id = t.profile_id AND p.network = ${list.network}::network
    WHERE t.tenant_id = ${tenantId}::uuid AND t.shield_id = ${list.shieldId}::uuid
      AND NOT EXISTS (SELECT FROM shared_members m WHERE m.tenant_id = ${tenantId}::uuid AND m.list_id = ${listId}::uuid
                        AND m.profile_id = t.profile_id)
    ORDER BY t.profile_id LIMIT ${STEP}`;
}

async function clear(tx: Tx, { tenantId, listId }: Ref): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM shared_members WHERE tenant_id = ${tenantId}::uuid AND list_id = ${listId}::uuid
      AND profile_id IN (SELECT profile_id FROM shared_members
                         WHERE tenant_id = ${tenantId}::uuid AND list_id = ${listId}::uuid LIMIT ${STEP})`;
}
