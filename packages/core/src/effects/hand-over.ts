import type { SqlTx } from '@secateur/db';
import type { Action } from '@secateur/networks/port';
import type { Tally } from './counts.ts';
import type { AccountRef } from './types.ts';

/**
 * What is due again under a shield that spares it by now takes its turn, and its token, under one that covers it still: one
 * that goes on, if there is any.
 */
export async function handOver(
  tx: SqlTx,
  ref: AccountRef,
  action: Action,
  profileIds: string[],
  tally: Tally,
): Promise<void> {
  const left = await tx.$queryRaw<{ shieldId: string }[]>`
    UPDATE effects e SET shield_id = heir.shield_id, rank = greatest(e.rank, 1)
    FROM (
      SELECT DISTINCT ON (t.profile_id) t.profile_id, t.shield_id
      FROM targets t JOIN shields s ON s.tenant_id = t.tenant_id AND s.id = t.shield_id
      WHERE t.tenant_id = ${ref.tenantId}::uuid AND t.account_id = ${ref.accountId}::uuid AND t.action = ${action}::action
        AND t.profile_id = ANY(${profileIds}::uuid[]) AND t.state = 'covering' AND s.state <> 'ended'
      ORDER BY t.profile_id, (s.undone_at IS NOT NULL OR s.cancelled_at IS NOT NULL OR t.reason IS NOT NULL),
               (s.paused_at IS NOT NULL), s.raised_at
    ) heir
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid AND e.action = ${action}::action
      AND e.profile_id = heir.profile_id AND e.state = 'pending'
      AND NOT EXISTS (SELECT FROM targets own WHERE own.tenant_id = e.tenant_id AND own.account_id = e.account_id
                        AND own.profile_id = e.profile_id AND own.action = e.action AND own.shield_id = e.shield_id
                        AND own.state = 'covering')
    RETURNING old.shield_id AS "shieldId"`;
  for (const { shieldId } of left) tally.giveBack(shieldId);
}
