import type { SqlTx } from '@secateur/db';
import type { Action } from '@secateur/networks/port';
import type { SpareReason } from '../exemptions/policy/index.ts';
import type { AccountRef, Ended } from './types.ts';

/** These targets are over, each for its reason; one that a member undid by itself keeps that one. */
export async function endTargets(tx: SqlTx, ref: AccountRef, action: Action, ended: Ended[]): Promise<void> {
  if (ended.length === 0) return;
  await tx.$executeRaw`
    UPDATE targets t SET state = 'over',
           reason = CASE WHEN t.reason = 'undone_one' THEN t.reason ELSE x.why::target_reason END
    FROM unnest(${ended.map((e) => e.profileId)}::uuid[], ${ended.map((e) => e.shieldId)}::uuid[],
                ${ended.map((e) => e.why)}::text[]) AS x (profile_id, shield_id, why)
    WHERE t.tenant_id = ${ref.tenantId}::uuid AND t.account_id = ${ref.accountId}::uuid AND t.action = ${action}::action
      AND t.profile_id = x.profile_id AND t.shield_id = x.shield_id AND t.state = 'covering'`;
}

/** These targets are spared after all, each for its reason. */
export async function spareTargets(
  tx: SqlTx,
  ref: AccountRef,
  action: Action,
  spared: { profileId: string; shieldId: string; reason: SpareReason }[],
): Promise<void> {
  if (spared.length === 0) return;
  await tx.$executeRaw`
    UPDATE targets t SET state = 'spared', reason = x.why::target_reason
    FROM unnest(${spared.map((s) => s.profileId)}::uuid[], ${spared.map((s) => s.shieldId)}::uuid[],
                ${spared.map((s) => s.reason)}::text[]) AS x (profile_id, shield_id, why)
    WHERE t.tenant_id = ${ref.tenantId}::uuid AND t.account_id = ${ref.accountId}::uuid AND t.action = ${action}::action
      AND t.profile_id = x.profile_id AND t.shield_id = x.shield_id AND t.state = 'covering'`;
}
