import type { SqlTx } from '@secateur/db';
import type { Ruled } from '../exemptions/policy/index.ts';
import { Tally } from './counts.ts';
import { handOver } from './hand-over.ts';
import type { Step } from './step.ts';
import type { AccountRef } from './types.ts';

/** After all whom a shield blocks come those whom it mutes instead: a chunk is of one action. */
export const WEAKENED_RANK = 2;

export type Weakened = { profileId: string; shieldId: string; reason: Ruled };

/**
 * These targets are muted and not blocked from now on: somebody came to be one of the account's own people after the plan.
 * Their blocks, and the tokens of those, are the caller's to settle: a mute takes a token of its own when its turn comes.
 */
export async function weakenTargets(step: Step, weakened: Weakened[]): Promise<void> {
  if (weakened.length === 0) return;
  const { tx, ref, now, tally, recounted } = step;
  const ids = weakened.map((w) => w.profileId);
  const shields = weakened.map((w) => w.shieldId);
  for (const id of await alsoCounted(tx, ref, ids)) recounted.add(id);
  await tx.$executeRaw`
    INSERT INTO effects (tenant_id, account_id, profile_id, action, state, shield_id, rank)
    SELECT DISTINCT ON (w.profile_id) ${ref.tenantId}::uuid, ${ref.accountId}::uuid, w.profile_id, 'mute'::action,
           CASE WHEN EXISTS (SELECT FROM held_by_hand h WHERE h.tenant_id = ${ref.tenantId}::uuid
                               AND h.account_id = ${ref.accountId}::uuid AND h.profile_id = w.profile_id AND h.action = 'mute')
                THEN 'by_hand'::effect_state ELSE 'pending'::effect_state END,
           w.shield_id, ${WEAKENED_RANK}::smallint
    FROM unnest(${ids}::uuid[], ${shields}::uuid[]) AS w (profile_id, shield_id)
    ORDER BY w.profile_id, w.shield_id
    ON CONFLICT (tenant_id, account_id, profile_id, action) DO UPDATE SET
      state = excluded.state, shield_id = excluded.shield_id, rank = excluded.rank,
      due_at = NULL, tries = 0, problem = NULL, confirmed_at = NULL
    WHERE effects.state = 'absent'
       OR (effects.state IN ('by_hand', 'undone', 'failed') AND effects.shield_id <> excluded.shield_id)`;
  await tx.$executeRaw`
    UPDATE targets t SET action = 'mute', weakened = w.reason::target_reason, covered_at = NULL
    FROM unnest(${ids}::uuid[], ${shields}::uuid[], ${weakened.map((w) => w.reason)}::text[]) AS w (profile_id, shield_id, reason)
    WHERE t.tenant_id = ${ref.tenantId}::uuid AND t.account_id = ${ref.accountId}::uuid AND t.action = 'block'
      AND t.profile_id = w.profile_id AND t.shield_id = w.shield_id AND t.state = 'covering'`;
  // Its turn is with a shield that goes on, if another covers it. No token was held for it yet, so none goes back.
  await handOver(tx, ref, 'mute', ids, new Tally());
  const rows = await tx.$queryRaw<{ shieldId: string; state: string }[]>`
    UPDATE targets t SET covered_at = CASE WHEN e.state IN ('applied', 'lifting') THEN ${now}::timestamptz END
    FROM unnest(${ids}::uuid[], ${shields}::uuid[]) AS w (profile_id, shield_id), effects e
    WHERE t.tenant_id = ${ref.tenantId}::uuid AND t.account_id = ${ref.accountId}::uuid AND t.action = 'mute'
      AND t.profile_id = w.profile_id AND t.shield_id = w.shield_id AND t.state = 'covering'
      AND e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid
      AND e.profile_id = w.profile_id AND e.action = 'mute'
    RETURNING w.shield_id AS "shieldId", e.state::text AS state`;
  // A shield that was ended while the write was under way has no turn any more: its unwinding withdraws the mute.
  await tx.$executeRaw`
    UPDATE shields SET wake_at = ${now}
    WHERE tenant_id = ${ref.tenantId}::uuid AND id = ANY(${shields}::uuid[])
      AND (undone_at IS NOT NULL OR cancelled_at IS NOT NULL)`;
  for (const { shieldId, state } of rows) {
    if (state === 'by_hand') tally.move(shieldId, 'pending', 'already');
    else if (state === 'applied' || state === 'lifting') tally.move(shieldId, 'pending', 'done');
    else if (state === 'failed' || state === 'undone') tally.move(shieldId, 'pending', 'failed');
  }
}

/** Other shields that count these as muted by hand, or as failed: they may be tried again now. */
async function alsoCounted(tx: SqlTx, ref: AccountRef, profileIds: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ shieldId: string }[]>`
    SELECT DISTINCT t.shield_id AS "shieldId"
    FROM effects e JOIN targets t ON t.tenant_id = e.tenant_id AND t.account_id = e.account_id
      AND t.profile_id = e.profile_id AND t.action = e.action AND t.state = 'covering'
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid AND e.action = 'mute'
      AND e.profile_id = ANY(${profileIds}::uuid[]) AND e.state IN ('by_hand', 'undone', 'failed')`;
  return rows.map((row) => row.shieldId);
}
