import { newId } from '@secateur/base';
import { type Binding, sealForWorkers } from '@secateur/core/secrets';
import type { KeyTexts } from '@secateur/core/testing';
import pg from 'pg';

export type HeldOptions = {
  keys: KeyTexts;
  accounts: number;
  /** Blocks of each account whose time is up, and whose isn't. */
  dueEach: number;
  waitingEach: number;
  now: Date;
};

/** Writes one tenant with a shield that holds: every account has the same crowd blocked, and a few of each are due. */
export async function loadHeld(
  adminUrl: string,
  options: HeldOptions,
): Promise<{ tenantId: string; accounts: string[] }> {
  const { keys, now, dueEach } = options;
  const each = dueEach + options.waitingEach;
  const tenantId = newId();
  const shieldId = newId();
  const accounts = Array.from({ length: options.accounts }, () => newId());
  const client = new pg.Client(adminUrl);
  await client.connect();
  try {
    await client.query(`INSERT INTO tenants (id, name, created_at) VALUES ($1, 'A proof', $2)`, [tenantId, now]);
    await client.query(
      `INSERT INTO shields (tenant_id, id, created_by, created_at, state, action, hold_seconds, for_follows, for_followers,
                            for_mutuals, raised_at, planned_at)
       VALUES ($1, $2, $2, $3, 'holding', 'block', 86400, 'spare', 'spare', 'spare', $3, $3)`,
      [tenantId, shieldId, now],
    );
    await client.query(
      `INSERT INTO profiles (id, network, native_id, handle, seen_at)
       SELECT uuidv7(), 'bluesky', 'did:plc:' || i, 'crowd', $1 FROM generate_series(1, $2::int) i`,
      [now, each],
    );
    for (const accountId of accounts) await loadAccount(client, { tenantId, shieldId, accountId, each, keys, now });
    await client.query(
      `INSERT INTO targets (tenant_id, account_id, profile_id, action, shield_id, state)
       SELECT $1, a, p.id, 'block', $2, 'covering' FROM unnest($3::uuid[]) a CROSS JOIN profiles p WHERE p.handle = 'crowd'`,
      [tenantId, shieldId, accounts],
    );
    // Of each account's crowd some were confirmed two days ago, so that their day is over; the others just now.
    await client.query(
      `INSERT INTO effects (tenant_id, account_id, profile_id, action, state, shield_id, key, rank, confirmed_at, due_at)
       SELECT $1, x.a, x.id, 'block', 'applied', $2, 'key' || x.n, 1,
              CASE WHEN x.n <= $4::int THEN $5::timestamptz - interval '2 days' ELSE $5::timestamptz END,
              CASE WHEN x.n <= $4::int THEN $5::timestamptz - interval '20 hours' ELSE $5::timestamptz + interval '1 day' END
                + x.n * interval '1 ms'
       FROM (SELECT a, p.id, row_number() OVER (PARTITION BY a ORDER BY random()) AS n
             FROM unnest($3::uuid[]) a CROSS JOIN profiles p WHERE p.handle = 'crowd') x`,
      [tenantId, shieldId, accounts, dueEach, now],
    );
    await client.query('VACUUM ANALYZE');
    return { tenantId, accounts };
  } finally {
    await client.end();
  }
}

async function loadAccount(
  client: pg.Client,
  row: { tenantId: string; shieldId: string; accountId: string; each: number; keys: KeyTexts; now: Date },
): Promise<void> {
  const { tenantId, shieldId, accountId, each, keys, now } = row;
  const connectionId = newId();
  const binding: Binding = {
    tenantId,
    network: 'bluesky',
    subjectId: connectionId,
    version: 1,
    purpose: 'credentials',
  };
  const sealed = Buffer.from(await sealForWorkers(keys.publicKey, binding, '{}'));
  await client.query(
    `INSERT INTO profiles (id, network, native_id, handle, seen_at) VALUES ($1, 'bluesky', $2, 'an account', $3)`,
    [accountId, `did:plc:${accountId}`, now],
  );
  await client.query(
    `INSERT INTO connections (tenant_id, id, network, handle, account_id, state, sealed, version, created_at)
     VALUES ($1, $2, 'bluesky', 'an account', $3, 'ready', $4, 1, $5)`,
    [tenantId, connectionId, accountId, sealed, now],
  );
  await client.query(
    `INSERT INTO network_accounts (tenant_id, account_id, connection_id, head) VALUES ($1, $2, $3, 'head')`,
    [tenantId, accountId, connectionId],
  );
  await client.query(
    `INSERT INTO shield_connections (tenant_id, shield_id, connection_id, account_id, total, done)
     VALUES ($1, $2, $3, $4, $5, $5)`,
    [tenantId, shieldId, connectionId, accountId, each],
  );
}
