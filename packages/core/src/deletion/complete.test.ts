import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '@secateur/base';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { furnish } from '../exports/fixtures/furnish.ts';
import { type Life, startLife } from '../testing/index.ts';
import { closeTrail, fileAnchor, type Trail, verifyTrail } from '../trail/index.ts';
import { STEP } from './erase-rows.ts';
import { ask, passUntilGone } from './fixtures/doomed.ts';
import { viewReceipt } from './index.ts';
import { ERASED, KEPT } from './tables.ts';

const PASSWORD = 'abcd-efgh-ijkl-mnop';

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let trail: Trail;
let dir: string;
beforeEach(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: 'demo' });
  dir = mkdtempSync(join(tmpdir(), 'secateur-deletion-'));
  trail = { key: new Uint8Array(32).fill(7), anchor: fileAnchor(join(dir, 'anchor.jsonl')) };
});
afterEach(async () => {
  await life.close();
  await admin.end();
  await database.close();
  rmSync(dir, { recursive: true });
});

async function query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await admin.query<Row>(sql, values)).rows;
}

/** Every table, and whether it belongs to a tenant, as the database itself says. */
async function tables(): Promise<{ name: string; isPrivate: boolean }[]> {
  return query(
    `SELECT c.relname AS name, EXISTS (SELECT FROM pg_attribute a
       WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped) AS "isPrivate"
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname NOT LIKE '\\_prisma%' ORDER BY 1`,
  );
}

/** Rows of each private table: those of one tenant, or of all others. */
async function counts(tenantId: string, isIt: boolean): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { name, isPrivate } of await tables()) {
    if (!isPrivate) continue;
    const [row] = await query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name} WHERE (tenant_id = $1) = $2`, [
      tenantId,
      isIt,
    ]);
    if (row && row.n > 0) found[name] = row.n;
  }
  return found;
}

/** Tables in which one of these words stands anywhere. */
async function mentions(words: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of await tables()) {
    const rows = await query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
    const seen = words.filter((word) => rows.some(({ text }) => text.includes(word)));
    found.push(...seen.map((word) => `${name}: ${word}`));
  }
  return found;
}

/** Closes the trail over everything that was written until now. */
async function closeAll(): Promise<void> {
  const [now] = await query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid');
  const below = 'SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::text::xid8 AS so';
  while (!(await query<{ so: boolean }>(below, [now?.xid]))[0]?.so) await pause(5);
  await closeTrail(life.worker, trail);
}

/** What a user has besides a name: somebody signs in, has a passkey, codes, a second contact, and mails on their way. */
async function furnishUser(userId: string): Promise<string[]> {
  const words = [newId(), newId(), newId(), newId()];
  const [session, passkey, second, provider] = words;
  const hash = 'sha256(uuid_send(gen_random_uuid()))';
  await admin.query(
    `INSERT INTO sessions (session_token, user_id, how, browser, system, created_at, last_seen_at, proven_at, expires)
     VALUES ($2, $1, 'mail', 'firefox', 'linux', now(), now(), now(), now() + interval '90 days')`,
    [userId, session],
  );
  await admin.query(
    `INSERT INTO passkeys (user_id, credential_id, public_key, counter, transports, backed_up, name, created_at)
     VALUES ($1, $2, '', 0, '{}', false, 'mine', now())`,
    [userId, passkey],
  );
  await admin.query(`INSERT INTO second_contacts VALUES ($1, $2, now())`, [userId, `${second}@example.test`]);
  await admin.query(`INSERT INTO identities VALUES ($1, 'oauth', 'bluesky', $2)`, [userId, provider]);
  await admin.query(`INSERT INTO devices VALUES ($1, ${hash}, now(), now())`, [userId]);
  await admin.query(`INSERT INTO recovery_codes VALUES ($1, ${hash}, now())`, [userId]);
  await admin.query(`INSERT INTO recovery_tries VALUES ($1, now(), 1)`, [userId]);
  await admin.query(`INSERT INTO half_sign_ins VALUES (${hash}, $1, 'mail', now() + interval '90 days')`, [userId]);
  await admin.query(`INSERT INTO challenges VALUES (${hash}, 'sign_in', $1, ${hash}, now() + interval '90 days')`, [
    userId,
  ]);
  await admin.query(
    `INSERT INTO mail_links (token_hash, kind, user_id, sent_at, expires)
     VALUES (${hash}, 'step_up', $1, now(), now() + interval '90 days')`,
    [userId],
  );
  await admin.query(
    `INSERT INTO verification_tokens SELECT email, 'token', now() + interval '90 days' FROM users WHERE id = $1`,
    [userId],
  );
  return words;
}

test('every table of a tenant is erased, or named as kept with a reason', async () => {
  const own = (await tables()).filter(({ isPrivate }) => isPrivate).map(({ name }) => name);
  expect(own.length).toBeGreaterThan(15);
  // Members have a function of their own: users hang on them.
  expect([...ERASED, ...Object.keys(KEPT), 'members'].sort()).toEqual(own);
});

test('when a tenant is gone nothing of it is left but what is kept on purpose, and nobody else misses anything', async () => {
  const { tenantId, userId } = life.member.actor;
  const world = await furnish(life, admin);
  const words = await furnishUser(userId);
  const neighbour = await life.stranger();
  await life.sandbox.control.addAccounts([{ handle: 'next.sandbox.test', password: PASSWORD }]);
  await life.connect('next.sandbox.test', PASSWORD, neighbour);
  const [user] = await query<{ email: string }>('SELECT email FROM users WHERE id = $1', [userId]);
  const helperId = world.canaries.members ?? '';
  await admin.query(
    `INSERT INTO effects (tenant_id, account_id, profile_id, action, state, shield_id, rank)
     SELECT $1, e.account_id, gen_random_uuid(), 'block', 'absent', e.shield_id, 0
     FROM (SELECT * FROM effects WHERE tenant_id = $1 LIMIT 1) e, generate_series(1, 12000)`,
    [tenantId],
  );
  const before = await counts(tenantId, true);
  expect(Object.keys(before).sort()).toEqual([...ERASED, 'audit', 'intake_shares', 'members', 'tenant_keys'].sort());
  await closeAll();
  const receipt = await ask(life.member);
  const others = await counts(tenantId, false);
  await passUntilGone(life);

  expect(Object.keys(await counts(tenantId, true)).filter((name) => !(name in KEPT))).toEqual([]);
  const [tenant] = await query<object>('SELECT name, wishes FROM tenants WHERE id = $1', [tenantId]);
  expect(tenant).toEqual({ name: '', wishes: '' });
  const personal = [
    userId,
    user?.email ?? '',
    'Canary tenant',
    'Canary wish',
    'canary@example.test',
    'canary deed',
    ...words,
  ];
  expect(await mentions(personal)).toEqual([]);

  // What belongs to others only grows: jobs go on there.
  const after = await counts(tenantId, false);
  for (const [name, n] of Object.entries(others)) {
    if (name !== 'events') expect(after[name] ?? 0, name).toBeGreaterThanOrEqual(n);
  }
  expect(await query('SELECT id FROM users WHERE id = $1', [helperId])).toHaveLength(1);

  const keys = await query<{ wrapped: Buffer | null; shredded_at: Date | null }>(
    'SELECT wrapped, shredded_at FROM tenant_keys WHERE tenant_id = $1',
    [tenantId],
  );
  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) expect(key).toMatchObject({ wrapped: null, shredded_at: expect.any(Date) });
  const shares = await query('SELECT share FROM intake_shares WHERE tenant_id = $1', [tenantId]);
  expect(shares).toEqual([{ share: null }]);
  const told = await viewReceipt(neighbour, { token: receipt });
  expect(told).toMatchObject({
    blocks: 'now',
    kept: 0,
    shredded: { keys: 1, accounts: 1, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    erased: { at: expect.any(Date) },
  });
  // What was known of the account’s own people goes when the account does.
  const [targets, effects] = [before.targets ?? 0, before.effects ?? 0];
  expect(told.erased?.rows).toBeGreaterThan(targets + effects);
  const [chunks] = await query<{ n: number; most: number }>(
    `SELECT count(*)::int AS n, max(count)::int AS most FROM audit WHERE tenant_id = $1 AND action = 'tenant.erased'`,
    [tenantId],
  );
  expect(chunks?.most).toBe(STEP);
  expect(chunks?.n).toBeGreaterThan(3);

  await closeAll();
  const verified = await verifyTrail(life.worker, trail);
  expect(verified.findings).toEqual([]);
  expect(verified.rows).toBeGreaterThan(10);
});
