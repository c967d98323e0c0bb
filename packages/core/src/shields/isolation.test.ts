import { withTenant } from '@secateur/db';
import { DEMO } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConnections } from '../connections/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { cancel, extend, getPreview, getShield, listShields, listTargets, pause, raise, undo } from './index.ts';

let database: TestDatabase;
let life: Life;
let shieldId: string;
let admin: pg.Client;
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: 'demo' });
  const connectionId = await life.connect(DEMO.handle, DEMO.password);
  const { id } = await life.preview({ query: 'grudge.sandbox.test', connectionIds: [connectionId] });
  shieldId = id;
  await life.drain.run();
  await raise(life.member, { id });
  await life.drain.run();
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

test('a member of another tenant finds nothing under the same ids', async () => {
  const stranger = await life.stranger();
  const id = shieldId;
  for (const ask of [
    () => getPreview(stranger, { id }),
    () => getShield(stranger, { id }),
    () => listTargets(stranger, { id, filter: 'all', after: null }),
    () => raise(stranger, { id }),
    () => pause(stranger, { id }),
    () => undo(stranger, { id }),
    () => cancel(stranger, { id }),
    () => extend(stranger, { id, hold: '1d' }),
  ]) {
    await expect(ask()).rejects.toMatchObject({ problem: 'not_found' });
  }
  expect(await listShields(stranger, { before: null })).toEqual([]);
  expect(await listConnections(stranger)).toEqual([]);
});

test('every private table shows its rows to its own tenant only, and to nobody without one', async () => {
  const { rows: tables } = await admin.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
  );
  expect(tables.length).toBeGreaterThan(12);
  const stranger = await life.stranger();
  const readable: string[] = [];
  for (const { name } of tables) {
    const all = await admin.query(`SELECT count(*)::int AS n FROM ${name}`);
    const count = (tenantId: string) =>
      withTenant(life.worker.prisma, tenantId, async (tx) => {
        const [row] = await tx.$queryRawUnsafe<{ n: number }[]>(
          `SELECT count(*)::int AS n FROM ${name} WHERE tenant_id = '${life.member.actor.tenantId}'`,
        );
        return row?.n ?? 0;
      }).catch((error: Error) => (/permission denied/.test(error.message) ? 'denied' : Promise.reject(error)));
    expect([0, 'denied'], name).toContain(await count(stranger.actor.tenantId));
    const mine = await count(life.member.actor.tenantId);
    if (mine !== 'denied' && mine > 0) readable.push(name);
    if (all.rows[0].n > 0 && mine !== 'denied') {
      const [none] = await life.worker.prisma.$queryRawUnsafe<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM ${name}`,
      );
      expect(none?.n, name).toBe(0);
    }
  }
  expect(readable).toEqual(expect.arrayContaining(['effects', 'targets', 'shields', 'people', 'audit', 'events']));
});

test('row-level security is forced on every private table and its parts, and the policy names the tenant', async () => {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')
       AND NOT (c.relrowsecurity AND c.relforcerowsecurity
         AND EXISTS (SELECT FROM pg_policies p WHERE p.tablename = c.relname AND p.qual LIKE '%app.tenant_id%'))`,
  );
  expect(rows).toEqual([]);
});

test('payloads of jobs hold ids and words of ours only', async () => {
  await pause(life.member, { id: shieldId });
  const { rows } = await admin.query<{ payload: Record<string, string> }>(
    `SELECT payload FROM queue_standard._private_jobs UNION ALL SELECT payload FROM queue_critical._private_jobs`,
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { payload } of rows) {
    for (const value of Object.values(payload)) expect(value).toMatch(/^[0-9a-f-]{36}$|^(people|blocks|mutes)$/);
  }
});
