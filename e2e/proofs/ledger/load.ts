import { newId } from '@secateur/base';
import pg from 'pg';

export type LedgerSizes = {
  /** Targets of the tenant that asks, and of all the others together. */
  targets: number;
  others: number;
};

export type Loaded = { tenantId: string; shieldIds: string[]; accountIds: string[] };

/** Parts of the targets that each shield has, newest last: most tenants have one large one and some small ones. */
const SHARES = [0.5, 0.25, 0.15, 0.08, 0.02];
/** Tenants beside the one that asks. */
const OTHERS = 10;

/** Writes tenants with shields in which everything that can become of a target has become of somebody. */
export async function loadLedger(adminUrl: string, { targets, others }: LedgerSizes, now: Date): Promise<Loaded> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  try {
    await client.query(PEOPLE, [targets, now]);
    const asking = await loadTenant(client, {
      sizes: SHARES.map((share) => Math.ceil(share * targets)),
      now,
      accounts: 2,
    });
    for (let i = 0; i < OTHERS; i += 1)
      await loadTenant(client, { sizes: [Math.ceil(others / OTHERS)], now, accounts: 1 });
    await client.query(COUNTS);
    await client.query('VACUUM ANALYZE');
    return asking;
  } finally {
    await client.end();
  }
}

/** The id of the person of a number: as random as those that are computed. */
const PERSON = `overlay(overlay(md5('person ' || i) placing '8' from 13) placing '8' from 17)::uuid`;

/** Names as networks have them: most end alike, and a few share a part that one would look for. */
const PEOPLE = `
  INSERT INTO profiles (id, network, native_id, handle, display_name, followers, seen_at)
  SELECT ${PERSON}, CASE WHEN i % 4 = 0 THEN 'mastodon'::network ELSE 'bluesky'::network END, 'native:' || i,
         CASE WHEN i % 4 = 0 THEN w.word || i || '@host' || i % 50 || '.example' ELSE w.word || i || '.bsky.social' END,
         CASE WHEN i % 3 = 0 THEN NULL WHEN i % 997 = 0 THEN 'Rare Bird ' || i ELSE initcap(w.word) || ' ' || i END, i % 5000, $2
  FROM generate_series(1, $1::int) i
  CROSS JOIN LATERAL (SELECT (ARRAY['lark', 'wolf', 'maria', 'john', 'crypto', 'anon', 'user', 'fox', 'sam', 'kim'])[1 + i % 10]
                             || substr(md5('word ' || i), 1, 4) AS word) w`;

const COUNTS = `
  UPDATE shield_connections c SET total = x.total, spared = x.spared, over = x.over, already = x.already, pending = x.pending,
         done = x.done, failed = x.failed
  FROM (
    SELECT t.shield_id, t.account_id, count(*) AS total,
      count(*) FILTER (WHERE t.state = 'spared') AS spared, count(*) FILTER (WHERE t.state = 'over') AS over,
      count(*) FILTER (WHERE t.state = 'covering' AND e.state = 'by_hand') AS already,
      count(*) FILTER (WHERE t.state = 'covering' AND e.state = 'pending') AS pending,
      count(*) FILTER (WHERE t.state = 'covering' AND e.state = 'applied') AS done,
      count(*) FILTER (WHERE t.state = 'covering' AND e.state = 'failed') AS failed
    FROM targets t LEFT JOIN effects e USING (tenant_id, account_id, profile_id, action)
    GROUP BY 1, 2
  ) x WHERE c.shield_id = x.shield_id AND c.account_id = x.account_id`;

async function loadTenant(
  client: pg.Client,
  { sizes, now, accounts }: { sizes: number[]; now: Date; accounts: number },
): Promise<Loaded> {
  const tenantId = newId();
  await client.query(`INSERT INTO tenants (id, name, created_at) VALUES ($1, 'A proof', $2)`, [tenantId, now]);
  const accountIds = Array.from({ length: accounts }, () => newId());
  for (const [i, accountId] of accountIds.entries()) {
    const network = i === 0 ? 'bluesky' : 'mastodon';
    await client.query(
      `INSERT INTO profiles (id, network, native_id, handle, seen_at) VALUES ($1::uuid, $2, 'own ' || $1::text, 'own.example', $3)`,
      [accountId, network, now],
    );
    await client.query(
      `INSERT INTO connections (tenant_id, id, network, handle, account_id, state, created_at)
       VALUES ($1, $2, $3, 'own.example', $2, 'ready', $4)`,
      [tenantId, accountId, network, now],
    );
  }
  const shieldIds: string[] = [];
  let from = 0;
  for (const size of sizes) {
    const shieldId = newId();
    shieldIds.push(shieldId);
    await client.query(
      `INSERT INTO shields (tenant_id, id, created_by, created_at, state, action, hold_seconds, for_follows, for_followers,
                            for_mutuals, raised_at, planned_at)
       VALUES ($1, $2, $2, $3, 'acting', 'block', 86400, 'spare', 'spare', 'spare', $3, $3)`,
      [tenantId, shieldId, now],
    );
    await client.query(
      `INSERT INTO sources (tenant_id, shield_id, ordinal, kind, network, query) VALUES ($1, $2, 0, 'followers', 'bluesky', 'troll')`,
      [tenantId, shieldId],
    );
    // Half of its crowd on each account; a shield's crowd overlaps the one before by a tenth of it.
    await client.query(
      `INSERT INTO shield_connections (tenant_id, shield_id, connection_id, account_id) SELECT $1, $2, a, a FROM unnest($3::uuid[]) a`,
      [tenantId, shieldId, accountIds],
    );
    await client.query(TARGETS, [tenantId, shieldId, accountIds, Math.max(0, from - Math.floor(size / 10)), size]);
    await client.query(EFFECTS, [tenantId, shieldId, now]);
    from += size;
  }
  return { tenantId, shieldIds, accountIds };
}

/** What becomes of somebody is drawn by their id: mostly held, many still to come or over, few of every odd kind. */
const TARGETS = `
  INSERT INTO targets (tenant_id, account_id, profile_id, action, shield_id, state, reason, covered_at)
  SELECT $1, x.account, x.id, 'block', $2,
    (CASE WHEN x.lot < 300 THEN 'spared' WHEN x.lot < 2500 THEN 'over' ELSE 'covering' END)::target_state,
    (CASE WHEN x.lot < 100 THEN 'you_follow' WHEN x.lot < 297 THEN 'follows_you' WHEN x.lot < 300 THEN 'protected'
          WHEN x.lot < 302 THEN 'lifted_by_you' WHEN x.lot < 304 THEN 'undone_one' WHEN x.lot < 310 THEN 'cancelled'
          WHEN x.lot < 2500 THEN 'time_up' END)::target_reason, NULL
  FROM (
    SELECT ${PERSON} AS id, ($3::uuid[])[1 + i % cardinality($3::uuid[])] AS account,
           ('x' || substr(md5('lot ' || i), 1, 6))::bit(24)::int % 10000 AS lot
    FROM generate_series($4::int + 1, $4::int + $5::int) i
  ) x ORDER BY 2, 3
  ON CONFLICT DO NOTHING`;

const EFFECTS = `
  INSERT INTO effects (tenant_id, account_id, profile_id, action, state, shield_id, key, rank, confirmed_at, due_at, problem)
  SELECT t.tenant_id, t.account_id, t.profile_id, t.action, x.state::effect_state, $2, 'key', 1,
         CASE WHEN x.state = 'applied' THEN $3::timestamptz END, CASE WHEN x.state = 'applied' THEN $3::timestamptz + interval '1 day' END,
         CASE WHEN x.state = 'failed' THEN 'rejected' END
  FROM targets t
  CROSS JOIN LATERAL (SELECT ('x' || substr(md5('fate ' || t.profile_id::text), 1, 6))::bit(24)::int % 10000 AS lot) l
  CROSS JOIN LATERAL (
    SELECT CASE WHEN t.state = 'over' THEN 'absent' WHEN l.lot < 3 THEN 'failed' WHEN l.lot < 60 THEN 'by_hand'
                WHEN l.lot < 1500 THEN 'pending' ELSE 'applied' END AS state
  ) x
  WHERE t.tenant_id = $1 AND t.shield_id = $2 AND t.state <> 'spared'
  ON CONFLICT (tenant_id, account_id, profile_id, action) DO NOTHING`;
