import type { SqlTx } from '@secateur/db';
import type { Action } from '@secateur/networks/port';
import { auditSystem } from '../audit/index.ts';
import { recount } from './counts.ts';
import { liftLate } from './late.ts';
import { endTargets } from './targets.ts';
import type { AccountRef, Ended } from './types.ts';
import { wakeAccounts } from './wake.ts';

type Row = { profileId: string };

/**
 * Compares a complete reading of what an account holds (staged in held_by_hand) with our effects:
 * - what is ours is taken out of the hand-made ones;
 * - what we believe applied, or made by hand, and the reading did not see, the user lifted by hand: respected;
 * - what carries our key and nobody wants is lifted (a write that was given up for lost and came after all).
 *
 * OFFSET 0 keeps each a look-up by key: a join is planned by numbers that are out of date by now.
 */
export async function reconcileHeld(
  tx: SqlTx,
  ref: AccountRef,
  action: Action,
  startedAt: Date,
  now: Date,
): Promise<void> {
  const gone = await tx.$queryRaw<Row[]>`
    UPDATE effects e SET state = 'undone', key = NULL, due_at = NULL, resent = false
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid AND e.action = ${action}::action
      AND (e.state = 'by_hand' OR (e.state = 'applied' AND e.confirmed_at < ${startedAt}))
      AND NOT EXISTS (SELECT FROM held_by_hand h WHERE h.tenant_id = e.tenant_id AND h.account_id = e.account_id
                        AND h.profile_id = e.profile_id AND h.action = e.action
                        AND (e.state = 'by_hand' OR h.key = coalesce(e.key, '')) OFFSET 0)
    RETURNING e.profile_id AS "profileId"`;
  const covers = await tx.$queryRaw<{ profileId: string; shieldId: string }[]>`
    SELECT t.profile_id AS "profileId", t.shield_id AS "shieldId"
    FROM targets t JOIN shields s ON s.tenant_id = t.tenant_id AND s.id = t.shield_id AND s.state <> 'ended'
    WHERE t.tenant_id = ${ref.tenantId}::uuid AND t.account_id = ${ref.accountId}::uuid AND t.action = ${action}::action
      AND t.profile_id = ANY(${gone.map((g) => g.profileId)}::uuid[]) AND t.state = 'covering'`;
  const ended: Ended[] = covers.map((c) => ({ ...c, why: 'lifted_by_you' }));
  await endTargets(tx, ref, action, ended);
  const late = await liftLate(tx, ref, null, now);
  await tx.$executeRaw`
    DELETE FROM held_by_hand h
    WHERE h.tenant_id = ${ref.tenantId}::uuid AND h.account_id = ${ref.accountId}::uuid AND h.action = ${action}::action
      AND EXISTS (SELECT FROM effects e WHERE e.tenant_id = h.tenant_id AND e.account_id = h.account_id
                    AND e.profile_id = h.profile_id AND e.action = h.action
                    AND e.state IN ('applying', 'applied', 'lifting') AND h.key = coalesce(e.key, '') OFFSET 0)`;
  await recount(tx, ref.tenantId, [...new Set(covers.map((c) => c.shieldId))].sort(), now);
  if (late > 0) await wakeAccounts(tx, ref.tenantId, [ref.accountId], now);
  if (gone.length + late > 0) {
    await auditSystem(tx, ref.tenantId, now, {
      action: 'effects.reconciled',
      subjectId: ref.accountId,
      count: gone.length + late,
    });
  }
}
