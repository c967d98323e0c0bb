import type { Tx } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { judgeBy, PROTECTED, type SpareReason, TALKED_FOR } from '../exemptions/policy/index.ts';
import { counts } from './crowds.ts';
import type { Estimated } from './estimate.ts';
import { reachOf } from './reach.ts';
import { DETAILS_FRESH, needsDetails } from './ruled.ts';

/**
 * Whom the rules by profile details find is looked for among so many of the first listed: unlike one's own people they can
 * be anybody in the crowd. The plan asks of everybody.
 */
const SCANNED = 50_000;

export type SparedPerson = { profileId: string; handle: string; displayName: string | null; reason: SpareReason };

type Fact = {
  profileId: string;
  handle: string;
  displayName: string | null;
  own: boolean;
  allowed: boolean;
  follows: boolean;
  followedBy: boolean;
  talked: boolean;
  verified: boolean | null;
  verifiedAt: Date | null;
  followers: number | null;
  followersAt: Date | null;
};

/**
 * Who of a listed crowd the shield would spare on one account and why, how many the account blocks or mutes already, and how
 * many are waiting for it under other shields (`queued`).
 * Looks each of the account's own people up in the crowd, never the other way round, so that five million listed ones
 * cost no more than five.
 */
export async function overlap(
  tx: Tx,
  shield: Estimated,
  { accountId, network }: { accountId: string; network: NetworkName },
  now: Date,
): Promise<{ spared: SparedPerson[]; weakened: SparedPerson[]; already: number; queued: number }> {
  const fresh = new Date(now.getTime() - DETAILS_FRESH);
  const talked = new Date(now.getTime() - TALKED_FOR);
  const here = shield.sources.filter((s) => s.network === network && s.problem === null);
  const crowds = await reachOf(tx, here.filter(counts));
  const named = here.flatMap((s) => (counts(s) ? [] : (s.subjectId ?? [])));
  const rows = await tx.$queryRaw<Fact[]>`
    WITH near AS (
      SELECT profile_id, follows, followed_by, coalesce(talked_at > ${talked}::timestamptz, false) AS talked FROM people
        WHERE tenant_id = ${shield.tenantId}::uuid AND account_id = ${accountId}::uuid
      UNION ALL SELECT profile_id, false, false, false FROM exemptions WHERE tenant_id = ${shield.tenantId}::uuid
      UNION ALL SELECT account_id, false, false, false FROM network_accounts WHERE tenant_id = ${shield.tenantId}::uuid
      UNION ALL SELECT id, false, false, false FROM unnest(${[...PROTECTED]}::uuid[]) AS id
      UNION ALL SELECT m.profile_id, false, false, false
        FROM unnest(${crowds.ids}::uuid[], ${crowds.to}::int[]) AS c (id, shown)
        JOIN crowd_members m ON m.crowd_id = c.id JOIN profiles d ON d.id = m.profile_id
        WHERE ${needsDetails(shield)}::boolean AND m.seq < ${SCANNED} AND m.seq < c.shown
          AND (d.verified AND d.verified_at > ${fresh}::timestamptz
               OR d.followers > ${shield.popularAbove}::int AND d.followers_at > ${fresh}::timestamptz)
    ), facts AS (
      SELECT profile_id, bool_or(follows) AS follows, bool_or(followed_by) AS followed_by,
        bool_or(talked) AS talked FROM near GROUP BY profile_id
    )
    SELECT f.profile_id AS "profileId", p.handle, p.display_name AS "displayName", f.follows, f.followed_by AS "followedBy", f.talked,
      p.verified, p.verified_at AS "verifiedAt", p.followers, p.followers_at AS "followersAt",
      EXISTS (SELECT FROM network_accounts n WHERE n.tenant_id = ${shield.tenantId}::uuid AND n.account_id = f.profile_id) AS own,
      EXISTS (SELECT FROM exemptions x WHERE x.tenant_id = ${shield.tenantId}::uuid AND x.profile_id = f.profile_id) AS allowed
    FROM facts f JOIN profiles p ON p.id = f.profile_id
    WHERE f.profile_id = ANY(${named}::uuid[])
      OR (SELECT count(*) FROM unnest(${crowds.ids}::uuid[], ${crowds.to}::int[]) AS c (id, shown)
          WHERE EXISTS (SELECT FROM crowd_members m
                        WHERE m.crowd_id = c.id AND m.profile_id = f.profile_id AND m.seq < c.shown)) >= ${shield.threshold}::int
    ORDER BY p.handle`;
  const known = (at: Date | null) => at !== null && at > fresh;
  const judged = rows.map((row) => {
    const facts = {
      ...row,
      protected: PROTECTED.includes(row.profileId),
      verified: known(row.verifiedAt) && row.verified === true,
      popular: known(row.followersAt) && (row.followers ?? 0) > shield.popularAbove,
    };
    return { row, verdict: judgeBy(facts, shield, named.includes(row.profileId)) };
  });
  const those = (choice: 'spare' | 'weaken') =>
    judged.flatMap(({ row, verdict }): SparedPerson[] => {
      const { profileId, handle, displayName } = row;
      return verdict?.choice === choice ? [{ profileId, handle, displayName, reason: verdict.reason }] : [];
    });
  const spared = those('spare');
  const weakened = shield.action === 'block' ? those('weaken') : [];
  // Who is weakened is muted and not blocked: what they are held by already is a mute.
  const [held] = await tx.$queryRaw<{ already: number; queued: number }[]>`
    SELECT count(DISTINCT h.profile_id) FILTER (WHERE h.held)::int AS already,
           count(DISTINCT h.profile_id) FILTER (WHERE NOT h.held)::int AS queued FROM (
      SELECT profile_id, action, true AS held FROM held_by_hand
        WHERE tenant_id = ${shield.tenantId}::uuid AND account_id = ${accountId}::uuid
      UNION SELECT profile_id, action, state = 'applied' FROM effects
        WHERE tenant_id = ${shield.tenantId}::uuid AND account_id = ${accountId}::uuid
          AND state IN ('applied', 'pending', 'applying') AND action IN (${shield.action}::action, 'mute')
    ) h
    WHERE h.action = CASE WHEN h.profile_id = ANY(${weakened.map((w) => w.profileId)}::uuid[]) THEN 'mute'
                     ELSE ${shield.action} END::action
      AND NOT h.profile_id = ANY(${spared.map((s) => s.profileId)}::uuid[])
      AND (h.profile_id = ANY(${named}::uuid[])
       OR (SELECT count(*) FROM unnest(${crowds.ids}::uuid[], ${crowds.to}::int[]) AS c (id, shown)
           WHERE EXISTS (SELECT FROM crowd_members m
                         WHERE m.crowd_id = c.id AND m.profile_id = h.profile_id AND m.seq < c.shown)) >= ${shield.threshold}::int)`;
  return { spared, weakened, already: held?.already ?? 0, queued: held?.queued ?? 0 };
}
