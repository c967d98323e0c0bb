import type { SqlTx } from '@secateur/db';
import { recount } from './counts.ts';
import type { AccountRef } from './types.ts';

/**
 * Makes due what came to be on the network after it was given up for lost, and is wanted by nobody: an effect that is absent,
 * or failed, under a key that a reading has seen held. Where somebody covers it after all, its turn finds that out. Returns how
 * many; `among` these profiles, or all. The account is locked, and to be woken.
 *
 * OFFSET 0 keeps each a look-up by key: a join is planned by numbers that are out of date by now.
 */
export async function liftLate(tx: SqlTx, ref: AccountRef, among: string[] | null, now: Date): Promise<number> {
  if (among?.length === 0) return 0;
  const late = await tx.$queryRaw<{ profileId: string }[]>`
    UPDATE effects e SET state = 'applied', due_at = ${now}::timestamptz, confirmed_at = ${now}::timestamptz
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid
      AND (${among}::uuid[] IS NULL OR e.profile_id = ANY(${among}::uuid[]))
      AND e.state IN ('absent', 'failed') AND e.key <> ''
      AND EXISTS (SELECT FROM held_by_hand h WHERE h.tenant_id = e.tenant_id AND h.account_id = e.account_id
                    AND h.profile_id = e.profile_id AND h.action = e.action AND h.key = e.key OFFSET 0)
    RETURNING e.profile_id AS "profileId"`;
  if (late.length === 0) return 0;
  const covers = await tx.$queryRaw<{ shieldId: string }[]>`
    SELECT DISTINCT shield_id AS "shieldId" FROM targets
    WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid
      AND profile_id = ANY(${late.map((l) => l.profileId)}::uuid[]) AND state = 'covering'
    ORDER BY 1`;
  await recount(
    tx,
    ref.tenantId,
    covers.map((c) => c.shieldId),
    now,
  );
  return late.length;
}
