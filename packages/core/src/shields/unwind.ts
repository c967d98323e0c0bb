import { MINUTE } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { liftLate, lockRunning, recount, wakeAccounts } from '../effects/index.ts';
import { record } from '../events/index.ts';
import { accountsOf } from './accounts.ts';
import { adopt } from './adopt.ts';
import { unwindShieldJob } from './jobs.ts';

type Ref = { tenantId: string; shieldId: string };

/** Targets that are unwound in one transaction. */
const STEP = 5_000;

/**
 * Ends the covers of a shield that was undone or cancelled, and of single targets that were: what was never sent is
 * withdrawn at once; what is applied becomes due for lifting (undone only; under an order when its moment comes), and its
 * target is over when the network confirmed it.
 */
export async function unwindShield(ctx: WorkerContext, ref: Ref): Promise<Outcome> {
  return withTenant(ctx.prisma, ref.tenantId, async (tx) => {
    const now = ctx.clock.now();
    await lockRunning(tx, ref.tenantId, await accountsOf(tx, ref.tenantId, ref.shieldId));
    const [shield] = await tx.$queryRaw<
      { undone: boolean; cancelled: boolean; ended: boolean; ordered: boolean; accountIds: string[] }[]
    >`
      SELECT s.undone_at IS NOT NULL AS undone, s.cancelled_at IS NOT NULL AS cancelled,
             s.state = 'ended' AS ended, s.lift_order IS NOT NULL AS ordered,
             ARRAY(SELECT c.account_id::text FROM shield_connections c WHERE c.tenant_id = s.tenant_id AND c.shield_id = s.id
                   ORDER BY 1) AS "accountIds"
      FROM shields s WHERE s.tenant_id = ${ref.tenantId}::uuid AND s.id = ${ref.shieldId}::uuid FOR UPDATE`;
    if (!shield) return drop('no_such_shield');
    // What it did was lifted in the turn that sent it: whom it left alone stays told as it was found.
    if (shield.ended) return drop('ended_meanwhile');
    const whole = shield.undone || shield.cancelled;
    await adopt(tx, ref.tenantId, ref.shieldId, whole ? 'ended' : 'undone_one');
    const withdrawn = await withdraw(tx, ref, whole, now);
    const due = shield.undone ? await makeDue(tx, ref, now) : shield.ordered ? await bringForward(tx, ref) : 0;
    const left = withdrawn === STEP || due === STEP;
    await recount(tx, ref.tenantId, [ref.shieldId], now);
    await tx.$executeRaw`
      UPDATE shields SET wake_at = ${left ? new Date(now.getTime() + MINUTE) : null}::timestamptz
      WHERE tenant_id = ${ref.tenantId}::uuid AND id = ${ref.shieldId}::uuid AND planned_at IS NOT NULL`;
    if (withdrawn + due > 0) {
      await auditSystem(tx, ref.tenantId, now, {
        action: 'shield.unwound',
        subjectId: ref.shieldId,
        count: withdrawn + due,
      });
    }
    await record(tx, ref.tenantId, now, [{ kind: 'shield', subjectId: ref.shieldId }]);
    await wakeAccounts(tx, ref.tenantId, shield.accountIds, now);
    if (left) await enqueue(tx, unwindShieldJob, ref);
    return left ? snooze('more_to_unwind') : done();
  });
}

/**
 * Targets that nothing was done for, or whose effect is not ours: over. An effect that only this shield wanted is wanted no
 * more; its key is kept, in case a write that was given up for lost comes after all, or has come.
 */
async function withdraw(tx: Tx, ref: Ref, whole: boolean, now: Date): Promise<number> {
  const rows = await tx.$queryRaw<{ accountId: string; profileId: string; resent: boolean }[]>`
    WITH mine AS (
      SELECT t.account_id, t.profile_id, t.action, e.resent
      FROM targets t JOIN effects e ON e.tenant_id = t.tenant_id AND e.account_id = t.account_id
        AND e.profile_id = t.profile_id AND e.action = t.action
      WHERE t.tenant_id = ${ref.tenantId}::uuid AND t.shield_id = ${ref.shieldId}::uuid AND t.state = 'covering'
        AND (${whole}::boolean OR t.reason = 'undone_one') AND e.state IN ('pending', 'absent', 'failed', 'by_hand', 'undone')
      LIMIT ${STEP}
      FOR UPDATE OF e
    ), over AS (
      UPDATE targets t SET state = 'over', reason = 'cancelled'
      FROM mine m
      WHERE t.tenant_id = ${ref.tenantId}::uuid AND t.shield_id = ${ref.shieldId}::uuid AND t.account_id = m.account_id
        AND t.profile_id = m.profile_id AND t.action = m.action
    ), gone AS (
      UPDATE effects e SET state = 'absent', due_at = NULL
      FROM mine m
      WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = m.account_id AND e.profile_id = m.profile_id
        AND e.action = m.action AND e.state = 'pending' AND e.shield_id = ${ref.shieldId}::uuid
    )
    SELECT account_id AS "accountId", profile_id AS "profileId", resent FROM mine`;
  const sent = Map.groupBy(
    rows.filter((row) => row.resent),
    (row) => row.accountId,
  );
  for (const [accountId, late] of sent) {
    await liftLate(
      tx,
      { tenantId: ref.tenantId, accountId },
      late.map((row) => row.profileId),
      now,
    );
  }
  return rows.length;
}

/** Applied effects become due now; the account's turn then judges whether another shield still covers them. */
async function makeDue(tx: Tx, ref: Ref, now: Date): Promise<number> {
  return tx.$executeRaw`
    UPDATE effects e SET due_at = ${now}
    FROM (
      SELECT t.account_id, t.profile_id, t.action FROM targets t
      JOIN effects x ON x.tenant_id = t.tenant_id AND x.account_id = t.account_id AND x.profile_id = t.profile_id
        AND x.action = t.action AND x.state = 'applied' AND (x.due_at IS NULL OR x.due_at > ${now})
      WHERE t.tenant_id = ${ref.tenantId}::uuid AND t.shield_id = ${ref.shieldId}::uuid AND t.state = 'covering'
      LIMIT ${STEP}
    ) m
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = m.account_id AND e.profile_id = m.profile_id
      AND e.action = m.action AND e.state = 'applied'`;
}

/**
 * Under an order to undo everything, applied effects become due when it lets each of them go, if that is sooner. The moment is
 * that of effects/policy/cover.ts; a test compares the two.
 */
async function bringForward(tx: Tx, ref: Ref): Promise<number> {
  return tx.$executeRaw`
    UPDATE effects e SET due_at = m.at
    FROM (
      SELECT t.account_id, t.profile_id, t.action, x.at
      FROM targets t
      JOIN shields s ON s.tenant_id = t.tenant_id AND s.id = t.shield_id
      CROSS JOIN LATERAL (
        SELECT s.lift_from + floor(s.lift_seconds * 1000.0
                 * (('x' || left(t.profile_id::text, 8))::bit(32) # ('x' || right(s.lift_order::text, 8))::bit(32))::bigint
                 / 4294967296.0) * interval '1 millisecond' AS at
      ) x
      JOIN effects o ON o.tenant_id = t.tenant_id AND o.account_id = t.account_id AND o.profile_id = t.profile_id
        AND o.action = t.action AND o.state = 'applied' AND (o.due_at IS NULL OR o.due_at > x.at)
      WHERE t.tenant_id = ${ref.tenantId}::uuid AND t.shield_id = ${ref.shieldId}::uuid AND t.state = 'covering'
      LIMIT ${STEP}
    ) m
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = m.account_id AND e.profile_id = m.profile_id
      AND e.action = m.action AND e.state = 'applied'`;
}
