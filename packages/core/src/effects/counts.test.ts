import { newId } from '@secateur/base';
import { createDb, type Db, type Tx, withTenant } from '@secateur/db';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Tally, writeTally } from './counts.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const tenantId = newId();
const shieldId = newId();
const [first, second] = [newId(), newId()];

let database: TestDatabase;
let admin: pg.Client;
let db: Db;
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  db = createDb(database.worker, { max: 2 });
  await admin.query(`INSERT INTO tenants (id, name, created_at) VALUES ($1, 'Somebody', $2)`, [tenantId, NOW]);
  await admin.query(
    `INSERT INTO shields (tenant_id, id, created_by, created_at, state, action, for_follows, for_followers, for_mutuals,
                          raised_at, planned_at)
     VALUES ($1, $2, $2, $3, 'acting', 'block', 'spare', 'spare', 'spare', $3, $3)`,
    [tenantId, shieldId, NOW],
  );
  await admin.query(
    `INSERT INTO shield_connections (tenant_id, shield_id, connection_id, account_id, tokens_held, total, pending)
     SELECT $1, $2, a, a, 1, 1, 1 FROM unnest($3::uuid[]) a`,
    [tenantId, shieldId, [first, second]],
  );
});
afterAll(async () => {
  await db.close();
  await admin.end();
  await database.close();
});

async function finish(tx: Tx, accountId: string): Promise<void> {
  const tally = new Tally();
  tally.charge(shieldId);
  tally.move(shieldId, 'pending', 'done');
  await writeTally(tx, { tenantId, accountId }, tally, NOW);
}

/** Settles once a session waits for a lock of another. */
async function somebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await admin.query<{ waits: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS waits`,
    );
    if (rows[0]?.waits) return;
  }
}

test('a shield holds when its last two accounts run out at the same moment', async () => {
  let other: Promise<void> = Promise.resolve();
  await withTenant(db.prisma, tenantId, async (tx) => {
    await finish(tx, first);
    other = withTenant(db.prisma, tenantId, (one) => finish(one, second));
    await somebodyWaits();
  });
  await other;
  const { rows } = await admin.query('SELECT state::text FROM shields');
  expect(rows).toEqual([{ state: 'holding' }]);
});
