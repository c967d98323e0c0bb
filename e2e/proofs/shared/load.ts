import { DAY, MINUTE, newId, profileId } from '@secateur/base';
import type { WorkerContext } from '@secateur/core/context';
import { keep } from '@secateur/core/secrets';
import type { KeyTexts } from '@secateur/core/testing';
import { withTenantSql } from '@secateur/db';
import pg from 'pg';
import type { Player } from './cast.ts';
import type { Urls } from './database.ts';
import { opener } from './opener.ts';

/** One account of a loaded tenant. */
export type Loaded = { tenantId: string; accountId: string; shieldId: string; player: Player };

export type LoadOptions = {
  keys: KeyTexts;
  players: Player[];
  /** Accounts of one tenant, all covered by one shield. */
  accountsPerTenant: number;
  now: Date;
};

/** Tokens in a full bucket, and the id under which a tenant's own is kept. */
const BUCKET = 100_000;
export const WHOLE_TENANT = '00000000-0000-0000-0000-000000000000';
/** Six weeks, the default. */
const HOLD = 42 * 86_400;

/**
 * Writes accounts that are connected and read, their credentials as workers keep them, and one raised shield for so many of
 * them, without targets yet: wanted.ts adds them. Nothing is due to be woken before a minute has passed.
 */
export async function loadAccounts(urls: Urls, options: LoadOptions): Promise<Loaded[]> {
  const { players, accountsPerTenant, keys, now } = options;
  const client = new pg.Client(urls.admin);
  await client.connect();
  const { ctx, close } = opener(urls, keys);
  try {
    const loaded: Loaded[] = [];
    for (let from = 0; from < players.length; from += accountsPerTenant) {
      loaded.push(...(await loadTenant(client, ctx, players.slice(from, from + accountsPerTenant), now)));
    }
    return loaded;
  } finally {
    await close();
    await client.end();
  }
}

async function loadTenant(client: pg.Client, ctx: WorkerContext, players: Player[], now: Date): Promise<Loaded[]> {
  const tenantId = newId();
  const shieldId = newId();
  await client.query('INSERT INTO tenants (id, name, created_at) VALUES ($1, $2, $3)', [tenantId, 'A proof', now]);
  await client.query(
    `INSERT INTO shields (tenant_id, id, created_by, created_at, state, action, hold_seconds, for_follows, for_followers,
                          for_mutuals, raised_at, planned_at)
     VALUES ($1, $2, $3, $4, 'acting', 'block', ${HOLD}, 'spare', 'spare', 'spare', $4, $4)`,
    [tenantId, shieldId, newId(), now],
  );
  await fillBucket(client, tenantId, WHOLE_TENANT, now);
  const loaded: Loaded[] = [];
  for (const player of players) {
    const accountId = profileId('bluesky', player.did);
    await loadAccount(client, ctx, { tenantId, shieldId, accountId, player }, now);
    loaded.push({ tenantId, accountId, shieldId, player });
  }
  return loaded;
}

async function loadAccount(client: pg.Client, ctx: WorkerContext, row: Loaded, now: Date): Promise<void> {
  const { tenantId, shieldId, accountId, player } = row;
  const connectionId = newId();
  await client.query(
    `INSERT INTO profiles (id, network, native_id, handle, seen_at) VALUES ($1, 'bluesky', $2, $3, $4)`,
    [accountId, player.did, player.handle, now],
  );
  await client.query(
    `INSERT INTO connections (tenant_id, id, network, handle, account_id, state, version, created_at, confirmed_at)
     VALUES ($1, $2, 'bluesky', $3, $4, 'ready', 1, $5, $5)`,
    [tenantId, connectionId, player.handle, accountId, now],
  );
  await withTenantSql(ctx.prisma, tenantId, async (tx) => {
    const binding = {
      tenantId,
      network: 'bluesky',
      subjectId: connectionId,
      version: 1,
      purpose: 'credentials',
    } as const;
    const sealed = await keep(ctx, tx, binding, player.credentials);
    await tx.$executeRaw`
      UPDATE connections SET sealed = ${sealed}::bytea WHERE tenant_id = ${tenantId}::uuid AND id = ${connectionId}::uuid`;
  });
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
    'INSERT INTO shield_connections (tenant_id, shield_id, connection_id, account_id) VALUES ($1, $2, $3, $4)',
    [tenantId, shieldId, connectionId, accountId],
  );
  await fillBucket(client, tenantId, accountId, now);
}

async function fillBucket(client: pg.Client, tenantId: string, accountId: string, now: Date): Promise<void> {
  await client.query(
    `INSERT INTO quotas (tenant_id, account_id, level, rate_per_day, capacity, refilled_at)
     VALUES ($1, $2, ${BUCKET}, 10000, ${BUCKET}, $3)`,
    [tenantId, accountId, now],
  );
}
