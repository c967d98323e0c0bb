import { Prisma } from '@secateur/db';
import type { AccountRef } from './types.ts';

/**
 * Rows `v`: what was made, confirmed, and gone at a later look, with every shield for which it can be made again: one that goes on, or
 * ended only because nothing was left of it, and that would hold it still. An account is named wherever effects and targets are
 * asked for, and OFFSET 0 keeps each a look-up by key.
 */
export function vanished({ tenantId, accountId }: AccountRef, now: Date): Prisma.Sql {
  return Prisma.sql`(
    SELECT e.profile_id, e.action, t.shield_id, s.state = 'ended' AS ended, s.raised_at,
           coalesce(t.covered_at, e.confirmed_at) AS since
    FROM effects e
    CROSS JOIN LATERAL (
      SELECT t.shield_id, t.covered_at FROM targets t
      WHERE t.tenant_id = ${tenantId}::uuid AND t.account_id = ${accountId}::uuid AND t.profile_id = e.profile_id
        AND t.action = e.action AND t.state = 'over' AND t.reason = 'lifted_by_you' OFFSET 0) t
    JOIN shields s ON s.tenant_id = ${tenantId}::uuid AND s.id = t.shield_id
    WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = ${accountId}::uuid
      AND e.state = 'undone' AND e.confirmed_at IS NOT NULL
      AND s.state IN ('gathering', 'acting', 'holding', 'ended')
      AND s.paused_at IS NULL AND s.cancelled_at IS NULL AND s.undone_at IS NULL AND s.lift_order IS NULL
      AND CASE WHEN s.ends_at IS NOT NULL THEN s.ends_at > ${now}
               WHEN s.hold_seconds IS NOT NULL
               THEN coalesce(t.covered_at, e.confirmed_at) + s.hold_seconds * interval '1 second' > ${now}
               ELSE true END) AS v`;
}
