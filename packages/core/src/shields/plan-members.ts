import { Prisma, type Tx } from '@secateur/db';
import { KEEP_UP, WEAKENED_RANK } from '../effects/index.ts';
import { actionsOf, PROTECTED } from '../exemptions/policy/index.ts';
import { detailsOf, type RuledShield, reasonBy } from './ruled.ts';

export type Stretch = {
  shield: RuledShield & { tenantId: string; id: string; action: 'block' | 'mute' };
  /** Who is meant; whether the member named them. */
  profileIds: string[];
  named: boolean;
  /** They joined the crowd while the shield held: ordinary shields go first. */
  late?: boolean;
  accountIds: string[];
  now: Date;
};

/**
 * Writes targets and effects for some of a crowd, on every account, in one statement each. Nobody of them was planned
 * before. The rules are those of
 * exemptions/policy/exempt.ts, in SQL (ruled.ts): who is spared has a target that says why, who is weakened one that
 * mutes. Returns other shields whose counts this changed: somebody counted there as blocked by hand, or as failed, is tried again for this one.
 *
 * What belongs to a member is looked up one by one (LATERAL … LIMIT 1): of rows that this very transaction wrote PostgreSQL
 * knows no numbers, expects a single one, and compares everybody with everybody.
 */
export async function planMembers(tx: Tx, stretch: Stretch): Promise<string[]> {
  const { shield, profileIds, named, late = false, accountIds, now } = stretch;
  if (profileIds.length === 0 || accountIds.length === 0) return [];
  const { tenantId, id: shieldId, action } = shield;
  const rank = named ? 0 : late ? KEEP_UP : 1;
  const actions = actionsOf(shield, action);
  await tx.$executeRaw`
    INSERT INTO targets (tenant_id, account_id, profile_id, action, shield_id, state, reason, weakened)
    SELECT ${tenantId}::uuid, x.account_id, x.profile_id,
           CASE WHEN x.reason IS NULL AND x.weakened IS NOT NULL THEN 'mute'::action ELSE ${action}::action END, ${shieldId}::uuid,
           CASE WHEN x.reason IS NULL THEN 'covering'::target_state ELSE 'spared'::target_state END, x.reason::target_reason,
           CASE WHEN x.reason IS NULL THEN x.weakened::target_reason END
    FROM (
      SELECT a.account_id, m.profile_id,
        CASE WHEN ${actions.length > 1 && !named}::boolean THEN ${reasonBy(shield, 'weaken', now)} END AS weakened,
        CASE
          WHEN EXISTS (SELECT FROM network_accounts n WHERE n.tenant_id = ${tenantId}::uuid AND n.account_id = m.profile_id)
            THEN 'yourself'
          WHEN m.profile_id = ANY(${[...PROTECTED]}::uuid[]) THEN 'protected'
          WHEN EXISTS (SELECT FROM exemptions e WHERE e.tenant_id = ${tenantId}::uuid AND e.profile_id = m.profile_id)
            THEN 'allowed'
          WHEN ${named}::boolean THEN NULL
          ELSE ${reasonBy(shield, 'spare', now)}
        END AS reason
      FROM unnest(${profileIds}::uuid[]) AS m (profile_id)
      CROSS JOIN unnest(${accountIds}::uuid[]) AS a (account_id)
      LEFT JOIN people p ON p.tenant_id = ${tenantId}::uuid AND p.account_id = a.account_id AND p.profile_id = m.profile_id
      ${detailsOf(shield, Prisma.sql`m.profile_id`)}
    ) x
    ORDER BY x.account_id, x.profile_id
    ON CONFLICT (tenant_id, account_id, profile_id, action, shield_id) DO NOTHING`;
  const others = await triedAgain(tx, stretch);
  await tx.$executeRaw`
    INSERT INTO effects (tenant_id, account_id, profile_id, action, state, shield_id, rank)
    SELECT t.tenant_id, t.account_id, t.profile_id, t.action,
           CASE WHEN EXISTS (SELECT FROM held_by_hand h WHERE h.tenant_id = t.tenant_id AND h.account_id = t.account_id
                               AND h.profile_id = t.profile_id AND h.action = t.action
                               AND NOT EXISTS (SELECT FROM effects own WHERE own.tenant_id = h.tenant_id
                                                 AND own.account_id = h.account_id AND own.profile_id = h.profile_id
                                                 AND own.action = h.action AND own.key = h.key))
                THEN 'by_hand'::effect_state ELSE 'pending'::effect_state END,
           ${shieldId}::uuid, CASE WHEN t.weakened IS NULL THEN ${rank}::smallint ELSE greatest(${rank}::smallint + 1, ${WEAKENED_RANK}::smallint) END
    FROM unnest(${profileIds}::uuid[]) AS m (profile_id)
    CROSS JOIN unnest(${accountIds}::uuid[]) AS a (account_id)
    CROSS JOIN LATERAL (
      SELECT t.* FROM targets t
      WHERE t.tenant_id = ${tenantId}::uuid AND t.account_id = a.account_id AND t.profile_id = m.profile_id
        AND t.shield_id = ${shieldId}::uuid AND t.state = 'covering'
      LIMIT 1) t
    ORDER BY t.account_id, t.profile_id
    ON CONFLICT (tenant_id, account_id, profile_id, action) DO UPDATE SET
      state = excluded.state, shield_id = excluded.shield_id, rank = excluded.rank,
      due_at = NULL, tries = 0, problem = NULL, confirmed_at = NULL
    WHERE effects.state IN ('absent', 'by_hand', 'undone', 'failed') AND effects.shield_id <> excluded.shield_id`;
  // What waits under a shield that stands still, or only because that one keeps up, takes its turn under this one.
  await tx.$executeRaw`
    UPDATE effects e SET shield_id = ${shieldId}::uuid, rank = CASE WHEN ${rank >= KEEP_UP}::boolean OR e.rank < ${KEEP_UP}::smallint THEN e.rank ELSE e.rank - ${KEEP_UP - 1}::smallint END
    FROM (
      SELECT a.account_id, m.profile_id, x.action
      FROM unnest(${profileIds}::uuid[]) AS m (profile_id)
      CROSS JOIN unnest(${accountIds}::uuid[]) AS a (account_id)
      CROSS JOIN LATERAL (
        SELECT x.shield_id, x.action, x.rank FROM effects x
        WHERE x.tenant_id = ${tenantId}::uuid AND x.account_id = a.account_id AND x.profile_id = m.profile_id
          AND x.action = ANY(${actions}::action[]) AND x.state = 'pending' AND x.shield_id <> ${shieldId}::uuid
        LIMIT 2) x
      CROSS JOIN LATERAL (
        SELECT FROM shields s WHERE s.tenant_id = ${tenantId}::uuid AND s.id = x.shield_id
          AND (s.paused_at IS NOT NULL OR s.cancelled_at IS NOT NULL OR s.undone_at IS NOT NULL
               OR (x.rank >= ${KEEP_UP}::smallint AND ${rank < KEEP_UP}::boolean))
        LIMIT 1) s
      CROSS JOIN LATERAL (
        SELECT FROM targets t
        WHERE t.tenant_id = ${tenantId}::uuid AND t.account_id = a.account_id AND t.profile_id = m.profile_id
          AND t.action = x.action AND t.shield_id = ${shieldId}::uuid AND t.state = 'covering'
        LIMIT 1) t
    ) waiting
    WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = waiting.account_id AND e.profile_id = waiting.profile_id
      AND e.action = waiting.action`;
  await tx.$executeRaw`
    UPDATE targets t SET covered_at = ${now}
    FROM (
      SELECT a.account_id, m.profile_id, e.action
      FROM unnest(${profileIds}::uuid[]) AS m (profile_id)
      CROSS JOIN unnest(${accountIds}::uuid[]) AS a (account_id)
      CROSS JOIN LATERAL (
        SELECT e.action FROM effects e
        WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = a.account_id AND e.profile_id = m.profile_id
          AND e.action = ANY(${actions}::action[]) AND e.state IN ('applied', 'lifting')
        LIMIT 2) e
    ) so
    WHERE t.tenant_id = ${tenantId}::uuid AND t.account_id = so.account_id AND t.profile_id = so.profile_id
      AND t.action = so.action AND t.shield_id = ${shieldId}::uuid AND t.state = 'covering'`;
  await count(tx, stretch);
  return others;
}

async function triedAgain(tx: Tx, { shield, profileIds, accountIds }: Stretch): Promise<string[]> {
  const rows = await tx.$queryRaw<{ shieldId: string }[]>`
    SELECT DISTINCT t.shield_id AS "shieldId"
    FROM unnest(${profileIds}::uuid[]) AS m (profile_id)
    CROSS JOIN unnest(${accountIds}::uuid[]) AS a (account_id)
    CROSS JOIN LATERAL (
      SELECT e.* FROM effects e
      WHERE e.tenant_id = ${shield.tenantId}::uuid AND e.account_id = a.account_id AND e.profile_id = m.profile_id
        AND e.action = ANY(${actionsOf(shield, shield.action)}::action[]) AND e.state IN ('by_hand', 'failed')
      LIMIT 2) e
    JOIN targets t ON t.tenant_id = e.tenant_id AND t.account_id = e.account_id AND t.profile_id = e.profile_id
      AND t.action = e.action AND t.state = 'covering' AND t.shield_id <> ${shield.id}::uuid`;
  return rows.map((row) => row.shieldId).sort();
}

/** Counts what was planned here, each account's by itself. */
async function count(tx: Tx, { shield, profileIds, accountIds }: Stretch): Promise<void> {
  const { tenantId, id: shieldId } = shield;
  await tx.$executeRaw`
    UPDATE shield_connections c SET total = c.total + x.total, spared = c.spared + x.spared, already = c.already + x.already,
           pending = c.pending + x.pending, done = c.done + x.done, failed = c.failed + x.failed
    FROM (
      SELECT t.account_id, count(*)::int AS total,
        count(*) FILTER (WHERE t.state = 'spared')::int AS spared,
        count(*) FILTER (WHERE t.state = 'covering' AND e.state = 'by_hand')::int AS already,
        count(*) FILTER (WHERE t.state = 'covering' AND e.state IN ('pending', 'applying', 'absent'))::int AS pending,
        count(*) FILTER (WHERE t.state = 'covering' AND e.state IN ('applied', 'lifting'))::int AS done,
        count(*) FILTER (WHERE t.state = 'covering' AND e.state IN ('failed', 'undone'))::int AS failed
      FROM unnest(${profileIds}::uuid[]) AS m (profile_id)
      CROSS JOIN unnest(${accountIds}::uuid[]) AS a (account_id)
      CROSS JOIN LATERAL (
        SELECT t.* FROM targets t
        WHERE t.tenant_id = ${tenantId}::uuid AND t.account_id = a.account_id AND t.profile_id = m.profile_id
          AND t.shield_id = ${shieldId}::uuid
        LIMIT 1) t
      LEFT JOIN LATERAL (
        SELECT e.state FROM effects e
        WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = t.account_id AND e.profile_id = t.profile_id
          AND e.action = t.action
        LIMIT 1) e ON true
      GROUP BY t.account_id
    ) x
    WHERE c.tenant_id = ${tenantId}::uuid AND c.shield_id = ${shieldId}::uuid AND c.account_id = x.account_id`;
}
