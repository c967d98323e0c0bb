import type { SqlTx } from '@secateur/db';
import type { Action } from '@secateur/networks/port';
import type { AccountRef, RuledCover } from './types.ts';

/**
 * Every shield that covers these effects now, by profile. One index look-up a profile; who is covered alike shares one row
 * and one object. One that has ended covers nobody, not even those who were blocked by hand already and for whom it therefore did nothing.
 */
export async function coversOf(
  tx: SqlTx,
  ref: AccountRef,
  action: Action,
  profileIds: string[],
): Promise<Map<string, RuledCover[]>> {
  const covers = new Map<string, RuledCover[]>();
  if (profileIds.length === 0) return covers;
  const rows = await tx.$queryRaw<(RuledCover & { profiles: string })[]>`
    SELECT t.profiles, t.shield_id AS "shieldId", t.reason::text AS "endedFor", t.covered_at AS "coveredAt",
           s.hold_seconds AS "holdSeconds", s.ends_at AS "endsAt", s.undone_at AS "undoneAt",
           s.lift_order AS "liftOrder", s.lift_from AS "liftFrom", s.lift_seconds AS "liftSeconds", s.raised_at AS "raisedAt",
           s.for_follows::text AS "forFollows", s.for_followers::text AS "forFollowers", s.for_mutuals::text AS "forMutuals",
           s.for_talked::text AS "forTalked", s.for_verified::text AS "forVerified", s.for_popular::text AS "forPopular",
           (s.planned_at IS NOT NULL) AS settled,
           ARRAY(SELECT c.subject_id::text FROM sources c
                 WHERE c.tenant_id = s.tenant_id AND c.shield_id = s.id AND c.kind = 'account') AS names
    FROM (
      SELECT shield_id, reason, covered_at, string_agg(profile_id::text, ',') AS profiles FROM targets
      WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid
        AND profile_id = ANY(${profileIds}::uuid[]) AND action = ${action}::action AND state = 'covering'
      GROUP BY shield_id, reason, covered_at
    ) t JOIN shields s ON s.tenant_id = ${ref.tenantId}::uuid AND s.id = t.shield_id AND s.state <> 'ended'`;
  for (const { profiles, ...cover } of rows) {
    for (const profileId of profiles.split(',')) {
      const list = covers.get(profileId);
      if (list) list.push(cover);
      else covers.set(profileId, [cover]);
    }
  }
  return covers;
}
