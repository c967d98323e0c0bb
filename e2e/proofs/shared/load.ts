import { DAY, MINUTE, newId, profileId } from '@secateur/base';
import { seal } from '@secateur/core/connections';
import type { SealingKeys } from '@secateur/core/context';
import pg from 'pg';
import type { Player } from './cast.ts';

/** One account of a loaded tenant. */
export type Loaded = { tenantId: string; accountId: string; shieldId: string; player: Player };

export type LoadOptions = {
  keys: SealingKeys;
  players: Player[];
  /** Accounts of one tenant, all covered by one shield. */
  accountsPerTenant: number;
  now: Date;
};

/** Rows of one statement. */
const CHUNK = 10_000;
/** Six weeks, the default. */
const HOLD = 42 * 86_400;

/**
 * Writes what there is once shields were raised and planned: accounts connected and read, every target wanted, its token
 * held. Nothing is due to be woken before a minute has passed: who wants to begin enqueues `effects.act`.
 */
export async function loadPlanned(adminUrl: string, options: LoadOptions): Promise<Loaded[]> {
  const { players, accountsPerTenant, now } = options;
  const client = new pg.Client(adminUrl);
  await client.connect();
  try {
    const loaded: Loaded[] = [];
    for (let from = 0; from < players.length; from += accountsPerTenant) {
      loaded.push(...(await loadTenant(client, options, players.slice(from, from + accountsPerTenant))));
    }
    const all = loaded.flatMap((one) =>
      one.player.targets.map((did) => ({ ...one, did, id: profileId('bluesky', did) })),
    );
    for (let from = 0; from < all.length; from += CHUNK) {
      const some = all.slice(from, from + CHUNK);
      const ids = some.map((t) => t.id);
      await client.query(
        `INSERT INTO profiles (id, network, native_id, handle, seen_at)
         SELECT id, 'bluesky', did, did, $3 FROM unnest($1::uuid[], $2::text[]) AS p (id, did) ON CONFLICT DO NOTHING`,
        [ids, some.map((t) => t.did), now],
      );
      const owner = [some.map((t) => t.tenantId), some.map((t) => t.accountId), ids, some.map((t) => t.shieldId)];
      await client.query(
        `INSERT INTO targets (tenant_id, account_id, profile_id, action, shield_id, state)
         SELECT t, a, p, 'block', s, 'covering' FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) AS x (t, a, p, s)`,
        owner,
      );
      await client.query(
        `INSERT INTO effects (tenant_id, account_id, profile_id, action, state, shield_id, rank)
         SELECT t, a, p, 'block', 'pending', s, 1
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) AS x (t, a, p, s)`,
        owner,
      );
    }
    await client.query('VACUUM ANALYZE');
    return loaded;
  } finally {
    await client.end();
  }
}

async function loadTenant(client: pg.Client, { keys, now }: LoadOptions, players: Player[]): Promise<Loaded[]> {
  const tenantId = newId();
  const shieldId = newId();
  const total = players.reduce((sum, player) => sum + player.targets.length, 0);
  await client.query('INSERT INTO tenants (id, name, created_at) VALUES ($1, $2, $3)', [tenantId, 'A proof', now]);
  await client.query(
    `INSERT INTO shields (tenant_id, id, created_by, created_at, state, action, hold_seconds, spare_follows, spare_followers,
                          spare_mutuals, raised_at, planned_at)
     VALUES ($1, $2, $3, $4, 'acting', 'block', ${HOLD}, true, true, true, $4, $4)`,
    [tenantId, shieldId, newId(), now],
  );
  await fillBucket(client, tenantId, '00000000-0000-0000-0000-000000000000', total, now);
  const loaded: Loaded[] = [];
  for (const player of players) {
    const accountId = profileId('bluesky', player.did);
    await loadAccount(client, { tenantId, shieldId, accountId, player, keys, now });
    loaded.push({ tenantId, accountId, shieldId, player });
  }
  return loaded;
}

type AccountRow = Loaded & { keys: SealingKeys; now: Date };

async function loadAccount(client: pg.Client, row: AccountRow): Promise<void> {
  const { tenantId, shieldId, accountId, player, keys, now } = row;
  const connectionId = newId();
  const binding = { tenantId, network: 'bluesky', connectionId, version: 1 };
  const sealed = Buffer.from(await seal(keys.publicKey, binding, player.credentials));
  await client.query(
    `INSERT INTO profiles (id, network, native_id, handle, seen_at) VALUES ($1, 'bluesky', $2, $3, $4)`,
    [accountId, player.did, player.handle, now],
  );
  await client.query(
    `INSERT INTO connections (tenant_id, id, network, handle, account_id, state, sealed, version, created_at, confirmed_at)
     VALUES ($1, $2, 'bluesky', $3, $4, 'ready', $5, 1, $6, $6)`,
    [tenantId, connectionId, player.handle, accountId, sealed, now],
  );
  await client.query(
    `INSERT INTO network_accounts (tenant_id, account_id, connection_id, wake_at, head, held_mark)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [tenantId, accountId, connectionId, new Date(now.getTime() + MINUTE), player.head, player.mark],
  );
  await client.query(
    `INSERT INTO readings (tenant_id, account_id, kind, generation, started_at, read_at, wake_at)
     SELECT $1, $2, k::reading_kind, 1, $3, $3, CASE WHEN k = 'people' THEN NULL ELSE $4::timestamptz END
     FROM unnest(ARRAY['people', 'blocks', 'mutes']) AS k`,
    [tenantId, accountId, now, new Date(now.getTime() + DAY)],
  );
  await client.query(
    `INSERT INTO shield_connections (tenant_id, shield_id, connection_id, account_id, tokens_held, total, pending)
     VALUES ($1, $2, $3, $4, $5, $5, $5)`,
    [tenantId, shieldId, connectionId, accountId, player.targets.length],
  );
  await fillBucket(client, tenantId, accountId, player.targets.length, now);
}

/** A bucket from which `held` tokens were taken when it was full. */
async function fillBucket(
  client: pg.Client,
  tenantId: string,
  accountId: string,
  held: number,
  now: Date,
): Promise<void> {
  await client.query(
    `INSERT INTO quotas (tenant_id, account_id, level, rate_per_day, capacity, refilled_at)
     VALUES ($1, $2, 100000 - $3::int, 10000, 100000, $4)`,
    [tenantId, accountId, held, now],
  );
}
