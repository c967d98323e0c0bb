import type { SqlTx } from '@secateur/db';
import type { Action } from '@secateur/networks/port';
import type { Tally } from './counts.ts';
import type { AccountRef } from './types.ts';

/**
 * What is due again under a shield that spares it by now, or stands still, takes its turn and its token under another that
 * covers it: one that goes on, if there is any.
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
      SELECT DISTINCT ON (t.profile_id) t.profile_id, t.shield_id, g.goes_on
      FROM targets t JOIN shields s ON s.tenant_id = t.tenant_id AND s.id = t.shield_id
      CROSS JOIN LATERAL (SELECT s.paused_at IS NULL AND s.undone_at IS NULL AND s.cancelled_at IS NULL AND t.reason IS NULL
                            AS goes_on) g
      WHERE t.tenant_id = ${ref.tenantId}::uuid AND t.account_id = ${ref.accountId}::uuid AND t.action = ${action}::action
        AND t.profile_id = ANY(${profileIds}::uuid[]) AND t.state = 'covering' AND s.state <> 'ended'
      ORDER BY t.profile_id, g.goes_on DESC, (s.undone_at IS NOT NULL OR s.cancelled_at IS NOT NULL), s.raised_at
    ) heir
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid AND e.action = ${action}::action
      AND e.profile_id = heir.profile_id AND e.state = 'pending' AND e.shield_id <> heir.shield_id
      AND NOT EXISTS (
        SELECT FROM targets own JOIN shields s ON s.tenant_id = own.tenant_id AND s.id = own.shield_id
        WHERE own.tenant_id = e.tenant_id AND own.account_id = e.account_id AND own.profile_id = e.profile_id
          AND own.action = e.action AND own.shield_id = e.shield_id AND own.state = 'covering'
          AND (NOT heir.goes_on OR (s.paused_at IS NULL AND s.undone_at IS NULL AND s.cancelled_at IS NULL)))
    RETURNING old.shield_id AS "shieldId"`;
  for (const { shieldId } of left) tally.giveBack(shieldId);
}
