import type { SqlTx } from '@secateur/db';
import type { Way } from './policy/index.ts';
import type { LedgerFilter, LedgerPlace, Standing } from './schemas.ts';

export type Search = {
  tenantId: string;
  /** Connections that may be seen; null: all. */
  visible: string[] | null;
  filter: LedgerFilter;
  after: LedgerPlace | null;
  way: Way | 'found';
  /** Entries on the page; one more says whether there is another. */
  page: number;
  /** Most targets that are looked at on a walk along a shield. */
  most: number;
  /** Every account that any of the pairs may be of: named, so that no other part of the tables is planned for. */
  accounts: string[];
  /** Whom the names were found of, for the way `found`. */
  found: string[];
};

export type Found = LedgerPlace & {
  handle: string;
  displayName: string | null;
  network: string;
  account: string;
  state: string;
  reason: string | null;
  /** The rule for which somebody is muted where the shield blocks. */
  weakened: string | null;
  coveredAt: Date | null;
  standing: Standing;
  shieldState: string;
  holdSeconds: number | null;
  endsAt: Date | null;
  undoneAt: Date | null;
  liftOrder: string | null;
  liftFrom: Date | null;
  liftSeconds: number | null;
  effectState: string | null;
  effectShieldId: string | null;
  confirmedAt: Date | null;
  problem: string | null;
};

/** What was found, in order, and the target at which a walk stopped because it had looked at as many as it may. */
export type Finding = {
  items: Found[];
  stoppedAt: LedgerPlace | null;
  /** How many match from here on: all of them, unless it was a walk. */
  matching: number;
};

const FIRST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * One page of the ledger, newest shield first.
 *
 * Three kinds of way lead to the targets. A walk goes along an index in the page's own order and may end early: `all`, or
 * those that are spared, or were let go one by one, where an index has them alone. Few are taken from the account's effects
 * and sorted: `pending`, `applied`, `odd`. And `found` starts from profiles, which every tenant shares. Never the other way
 * round: under row-level security neither LIKE nor a comparison of enums is a condition of an index, so each part below names
 * its index by a constant condition, and is left out as a whole where it is not the way.
 *
 * Prepared once a connection: partitions are chosen when it runs.
 */
export async function find(tx: SqlTx, search: Search): Promise<Finding> {
  const { tenantId, visible, filter, after, way, page, most, accounts, found } = search;
  // Whose names were found needs no second look at them.
  const pattern = way === 'found' ? null : patternOf(filter.term);
  const rows = await tx.$queryRaw<(Found & { stop: boolean; matching: number })[]>`
    WITH pair AS MATERIALIZED (
      SELECT c.shield_id, c.account_id, c.connection_id, s.state::text AS shield_state, s.hold_seconds, s.ends_at, s.undone_at, s.lift_order, s.lift_from, s.lift_seconds,
             coalesce((c.shield_id, c.account_id) = (${after?.shieldId ?? null}::uuid, ${after?.accountId ?? null}::uuid), false) AS begun
      FROM shield_connections c
      JOIN shields s ON s.tenant_id = c.tenant_id AND s.id = c.shield_id AND s.state NOT IN ('preview', 'discarded')
      WHERE c.tenant_id = ${tenantId}::uuid
        AND (${filter.shieldId}::uuid IS NULL OR c.shield_id = ${filter.shieldId}::uuid)
        AND (${filter.connectionId}::uuid IS NULL OR c.connection_id = ${filter.connectionId}::uuid)
        AND (${filter.network}::text IS NULL OR EXISTS (
              SELECT FROM connections n WHERE n.tenant_id = c.tenant_id AND n.id = c.connection_id
                AND n.network::text = ${filter.network}::text))
        AND (${visible}::uuid[] IS NULL OR NOT EXISTS (
              SELECT FROM shield_connections o WHERE o.tenant_id = c.tenant_id AND o.shield_id = c.shield_id
                AND o.connection_id <> ALL (${visible}::uuid[])))
        AND (${after?.shieldId ?? null}::uuid IS NULL
             OR (c.shield_id, c.account_id) <= (${after?.shieldId ?? null}::uuid, ${after?.accountId ?? null}::uuid))
        AND CASE ${filter.standing}::text
              WHEN 'spared' THEN c.spared > 0
              WHEN 'planned' THEN c.pending > 0
              WHEN 'done' THEN c.done > 0
              WHEN 'by_shield' THEN c.done > 0
              WHEN 'already' THEN c.already > 0 OR s.state = 'ended'
              WHEN 'failed' THEN c.failed > 0 OR s.state = 'ended'
              WHEN 'expired' THEN c.over > 0
              WHEN 'kept' THEN c.over > 0
              WHEN 'withdrawn' THEN c.over > 0 OR s.state = 'ended'
              ELSE true END
      ORDER BY c.shield_id DESC, c.account_id DESC
    ), walked AS MATERIALIZED (
      SELECT * FROM (
        SELECT t.shield_id, t.account_id, t.profile_id, t.action, t.state, t.reason, t.weakened, t.covered_at
        FROM pair p CROSS JOIN LATERAL (
          SELECT * FROM targets t
          WHERE t.tenant_id = ${tenantId}::uuid AND t.shield_id = p.shield_id AND t.account_id = p.account_id
            AND t.account_id = ANY(${accounts}::uuid[])
            AND t.profile_id <= CASE WHEN p.begun THEN ${after?.profileId ?? FIRST}::uuid ELSE ${FIRST}::uuid END
          ORDER BY t.profile_id DESC, t.action::text DESC LIMIT ${most}::int
        ) t
        WHERE ${way === 'all'}::boolean
        UNION ALL
        SELECT t.shield_id, t.account_id, t.profile_id, t.action, t.state, t.reason, t.weakened, t.covered_at
        FROM pair p CROSS JOIN LATERAL (
          SELECT * FROM targets t
          WHERE t.tenant_id = ${tenantId}::uuid AND t.shield_id = p.shield_id AND t.account_id = p.account_id
            AND t.account_id = ANY(${accounts}::uuid[])
            AND t.state = 'spared' AND t.profile_id <= CASE WHEN p.begun THEN ${after?.profileId ?? FIRST}::uuid ELSE ${FIRST}::uuid END
          ORDER BY t.profile_id DESC, t.action::text DESC LIMIT ${most}::int
        ) t
        WHERE ${way === 'spared'}::boolean
        UNION ALL
        SELECT t.shield_id, t.account_id, t.profile_id, t.action, t.state, t.reason, t.weakened, t.covered_at
        FROM pair p CROSS JOIN LATERAL (
          SELECT * FROM targets t
          WHERE t.tenant_id = ${tenantId}::uuid AND t.shield_id = p.shield_id AND t.account_id = p.account_id
            AND t.account_id = ANY(${accounts}::uuid[])
            AND t.reason IN ('undone_one', 'lifted_by_you')
            AND t.profile_id <= CASE WHEN p.begun THEN ${after?.profileId ?? FIRST}::uuid ELSE ${FIRST}::uuid END
          ORDER BY t.profile_id DESC, t.action::text DESC LIMIT ${most}::int
        ) t
        WHERE ${way === 'one_by_one'}::boolean
      ) w LIMIT ${most}::int
    ), held AS (
      SELECT e.* FROM effects e
      WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = ANY(${accounts}::uuid[]) AND e.state = 'pending'
        AND ${way === 'pending'}::boolean
      UNION ALL
      SELECT e.* FROM effects e
      WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = ANY(${accounts}::uuid[]) AND e.state IN ('applying', 'lifting')
        AND ${way === 'pending' || way === 'applied'}::boolean
      UNION ALL
      SELECT e.* FROM effects e
      WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = ANY(${accounts}::uuid[]) AND e.state = 'applied'
        AND ${way === 'applied'}::boolean
      UNION ALL
      SELECT e.* FROM effects e
      WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = ANY(${accounts}::uuid[])
        AND e.state IN ('by_hand', 'undone', 'failed') AND ${way === 'odd'}::boolean
    ), picked AS MATERIALIZED (
      SELECT t.*, e.state AS effect_state, e.shield_id AS effect_shield_id, e.confirmed_at, e.problem
      FROM (
        SELECT w.* FROM walked w
        UNION ALL
        SELECT t.shield_id, t.account_id, t.profile_id, t.action, t.state, t.reason, t.weakened, t.covered_at
        FROM unnest(${found}::uuid[]) AS f (profile_id)
        CROSS JOIN (SELECT DISTINCT account_id FROM pair) a
        CROSS JOIN LATERAL (
          SELECT * FROM targets t
          WHERE t.tenant_id = ${tenantId}::uuid AND t.account_id = a.account_id AND t.profile_id = f.profile_id
            AND t.account_id = ANY(${accounts}::uuid[]) OFFSET 0
        ) t
        WHERE ${way === 'found'}::boolean
      ) t
      LEFT JOIN LATERAL (
        SELECT * FROM effects e WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = t.account_id
          AND e.profile_id = t.profile_id AND e.action = t.action AND e.account_id = ANY(${accounts}::uuid[]) LIMIT 1
      ) e ON true
      WHERE (${filter.reason}::text IS NULL OR t.reason::text = ${filter.reason}::text)
        AND CASE ${filter.standing}::text
              WHEN 'spared' THEN t.state = 'spared' WHEN 'expired' THEN t.reason::text = 'time_up'
              WHEN 'kept' THEN t.state = 'over' AND t.reason::text = 'kept'
              WHEN 'undone' THEN t.state <> 'spared' WHEN 'withdrawn' THEN t.state <> 'spared'
              ELSE ${filter.standing}::text IS NULL OR t.state = 'covering' END
        -- Most that a walk meets are called otherwise: what became of those is not looked up.
        AND (${pattern}::text IS NULL OR EXISTS (
              SELECT FROM profiles n WHERE n.id = t.profile_id
                AND (n.handle ILIKE ${pattern}::text OR n.display_name ILIKE ${pattern}::text)))
      UNION ALL
      SELECT t.shield_id, t.account_id, t.profile_id, t.action, t.state, t.reason, t.weakened, t.covered_at,
             e.state, e.shield_id, e.confirmed_at, e.problem
      FROM held e CROSS JOIN LATERAL (
        SELECT * FROM targets t
        WHERE t.tenant_id = ${tenantId}::uuid AND t.account_id = e.account_id AND t.profile_id = e.profile_id
          AND t.action = e.action AND t.account_id = ANY(${accounts}::uuid[]) OFFSET 0
      ) t
    ), told AS (
      SELECT t.shield_id, t.account_id, p.connection_id, t.profile_id, t.action::text AS action, t.state::text AS state, t.reason::text AS reason,
             t.weakened::text AS weakened, t.covered_at, p.shield_state, p.hold_seconds, p.ends_at, p.undone_at, p.lift_order, p.lift_from,
             p.lift_seconds, t.effect_state::text AS effect_state,
             t.effect_shield_id, t.confirmed_at, t.problem,
             CASE
               WHEN t.state = 'spared' THEN 'spared'
               WHEN t.state = 'over' THEN CASE t.reason::text WHEN 'time_up' THEN 'expired' WHEN 'undone' THEN 'undone'
                 WHEN 'undone_one' THEN 'undone' WHEN 'lifted_by_you' THEN 'undone' WHEN 'kept' THEN 'kept' ELSE 'withdrawn' END
               WHEN t.effect_state = 'by_hand' THEN 'already'
               WHEN t.effect_state = 'failed' THEN 'failed'
               WHEN p.shield_state = 'ended' THEN 'withdrawn'
               WHEN t.effect_state = 'undone' THEN 'undone'
               WHEN t.effect_state IN ('applied', 'lifting') THEN
                 CASE WHEN t.covered_at IS NOT NULL AND t.effect_shield_id <> t.shield_id THEN 'by_shield' ELSE 'done' END
               ELSE 'planned' END AS standing
      FROM picked t
      JOIN pair p ON p.shield_id = t.shield_id AND p.account_id = t.account_id
      WHERE (${filter.action}::text IS NULL OR t.action::text = ${filter.action}::text)
        AND (NOT p.begun OR (t.profile_id, t.action::text) < (${after?.profileId ?? FIRST}::uuid, ${after?.action ?? ''}::text))
    ), hit AS (
      SELECT t.*, (count(*) OVER ())::int AS matching
      FROM told t
      LEFT JOIN LATERAL (
        SELECT n.handle, n.display_name FROM profiles n WHERE n.id = t.profile_id AND ${pattern}::text IS NOT NULL LIMIT 1
      ) n ON true
      WHERE (${filter.standing}::text IS NULL OR t.standing = ${filter.standing}::text)
        AND (${pattern}::text IS NULL OR n.handle ILIKE ${pattern}::text OR n.display_name ILIKE ${pattern}::text)
      ORDER BY t.shield_id DESC, t.account_id DESC, t.profile_id DESC, t.action DESC LIMIT ${page + 1}::int
    )
    SELECT false AS stop, h.shield_id AS "shieldId", h.account_id AS "accountId", h.profile_id AS "profileId", h.action, n.handle,
           n.display_name AS "displayName", n.network::text AS network, h.state, h.reason, h.weakened, h.covered_at AS "coveredAt", h.standing,
           h.shield_state AS "shieldState", h.hold_seconds AS "holdSeconds", h.ends_at AS "endsAt", h.undone_at AS "undoneAt",
           h.lift_order AS "liftOrder", h.lift_from AS "liftFrom", h.lift_seconds AS "liftSeconds",
           h.effect_state AS "effectState", h.effect_shield_id AS "effectShieldId", h.confirmed_at AS "confirmedAt", h.problem,
           a.handle AS account, h.matching
    FROM hit h
    LEFT JOIN LATERAL (SELECT handle, display_name, network FROM profiles WHERE id = h.profile_id LIMIT 1) n ON true
    LEFT JOIN connections a ON a.tenant_id = ${tenantId}::uuid AND a.id = h.connection_id
    UNION ALL
    SELECT true, w.shield_id, w.account_id, w.profile_id, w.action::text, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
           NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM (SELECT * FROM walked OFFSET ${most - 1}::int LIMIT 1) w
    ORDER BY stop, "shieldId" DESC, "accountId" DESC, "profileId" DESC, action DESC`;
  const items = rows.filter(({ stop }) => !stop);
  return { items, stoppedAt: rows.find(({ stop }) => stop) ?? null, matching: items[0]?.matching ?? 0 };
}

/** What a name is compared with: a part of it, or of one or two letters its beginning. */
export function patternOf(term: string | null): string | null {
  if (term === null) return null;
  const plain = term.replaceAll(/[\\%_]/g, '\\$&');
  return [...term].length < 3 ? `${plain}%` : `%${plain}%`;
}
