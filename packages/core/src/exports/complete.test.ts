import { freshDatabase, readArchive, readCsv, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Life, startLife } from '../testing/index.ts';
import { furnish } from './fixtures/furnish.ts';
import { readWhole } from './fixtures/read-whole.ts';
import { LEFT_OUT_COLUMNS, LEFT_OUT_TABLES } from './left-out.ts';
import { TABLES } from './tables/index.ts';

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let world: Awaited<ReturnType<typeof furnish>>;
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: 'demo' });
  world = await furnish(life, admin);
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

/** Every table that belongs to a tenant, with its columns, as the database itself says. */
async function catalogue(): Promise<Map<string, string[]>> {
  const { rows } = await admin.query<{ name: string; columns: string[] }>(
    `SELECT c.relname AS name, array_agg(a.attname::text) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     GROUP BY c.oid HAVING 'tenant_id' = ANY(array_agg(a.attname)) OR c.relname = 'tenants'`,
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

const camel = (column: string) => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const TOLD = new Set(TABLES.flatMap((table) => table.of));

test('every table of a tenant is taken along, or named as left out with a reason', async () => {
  const tables = [...(await catalogue()).keys()];
  expect(tables.length).toBeGreaterThan(15);
  expect(tables.filter((name) => !TOLD.has(name) && !LEFT_OUT_TABLES[name])).toEqual([]);
  expect([...TOLD, ...Object.keys(LEFT_OUT_TABLES)].filter((name) => !tables.includes(name))).toEqual([]);
  expect([...TOLD].filter((name) => name in LEFT_OUT_TABLES)).toEqual([]);
});

test('so is every column of those that are taken along', async () => {
  const missing: string[] = [];
  const all = new Set<string>();
  for (const [name, columns] of await catalogue()) {
    for (const column of columns) all.add(`${name}.${column}`).add(`*.${column}`);
    const told = TABLES.filter((table) => table.of.includes(name)).flatMap((table) => table.columns);
    if (told.length === 0) continue;
    for (const column of columns) {
      const left = LEFT_OUT_COLUMNS[`${name}.${column}`] ?? LEFT_OUT_COLUMNS[`*.${column}`];
      if (!told.includes(camel(column)) && !left) missing.push(`${name}.${column}`);
      if (told.includes(camel(column)) && left) missing.push(`${name}.${column} is left out and told`);
    }
  }
  expect(missing).toEqual([]);
  expect(Object.keys(LEFT_OUT_COLUMNS).filter((name) => !all.has(name))).toEqual([]);
});

test('the document has something of every kind, and the same columns in the same order', async () => {
  const document = JSON.parse((await readWhole(life.member, 'json')).toString());
  const { format, version, exportedAt, complete, ...tables } = document;
  expect({ format, version, complete }).toEqual({ format: 'secateur', version: 1, complete: true });
  expect(exportedAt).toBe(life.sandbox.clock.now().toISOString());
  expect(Object.keys(tables)).toEqual(TABLES.map(({ name }) => name));
  expect(Object.keys(world.canaries)).toEqual(TABLES.map(({ name }) => name));
  for (const { name, columns } of TABLES) {
    expect(JSON.stringify(tables[name]), name).toContain(world.canaries[name]);
    for (const row of tables[name]) expect(Object.keys(row), name).toEqual(columns);
  }
});

test('so has the archive, in the same rows', async () => {
  const document = JSON.parse((await readWhole(life.member, 'json')).toString());
  const files = readArchive(await readWhole(life.member, 'csv'));
  expect([...files.keys()]).toEqual([...TABLES.map(({ name }) => `${name}.csv`), 'accounts.csv']);
  for (const { name, columns } of TABLES) {
    const rows = readCsv(files.get(`${name}.csv`) ?? '');
    // The second export stands in the activity, too.
    expect(rows.length, name).toBe(document[name].length + (name === 'activity' ? 1 : 0));
    expect(Object.keys(rows[0] ?? {}), name).toEqual(columns);
    expect(JSON.stringify(rows), name).toContain(world.canaries[name]);
  }
});

test('nothing that opens a door is in any of them', async () => {
  for (const form of ['json', 'csv', 'list'] as const) {
    const text = (await readWhole(life.member, form)).toString();
    expect(world.secrets.filter((secret) => text.includes(secret))).toEqual([]);
  }
});

test('a target is told as its page tells it', async () => {
  const { targets, effects } = JSON.parse((await readWhole(life.member, 'json')).toString());
  const of = (outcome: string) => targets.filter((one: { outcome: string }) => one.outcome === outcome);
  expect(of('done').length).toBeGreaterThan(0);
  expect(of('done').length).toBe(effects.filter((one: { state: string }) => one.state === 'applied').length);
  for (const one of of('done')) {
    expect(Date.parse(one.liftAt)).toBeGreaterThan(Date.parse(one.confirmedAt));
  }
  expect(of('spared').map((one: { reason: string }) => one.reason)).toContain('you_follow');
});

test('the plain list names whom we block, and nobody else', async () => {
  const rows = readCsv((await readWhole(life.member, 'list')).toString());
  const { rows: held } = await admin.query<{ native_id: string }>(
    `SELECT p.native_id FROM effects e JOIN profiles p ON p.id = e.profile_id WHERE e.tenant_id = $1 AND e.state = 'applied'`,
    [life.member.actor.tenantId],
  );
  expect(Object.keys(rows[0] ?? {})).toEqual(['network', 'nativeId', 'handle', 'action', 'since', 'account']);
  const archive = readArchive(await readWhole(life.member, 'csv'));
  expect(readCsv(archive.get('accounts.csv') ?? '')).toEqual(rows);
  expect(rows.map(({ nativeId }) => nativeId).sort()).toEqual(held.map((row) => row.native_id).sort());
  for (const row of rows) expect(row).toMatchObject({ network: 'bluesky', action: 'block' });
  for (const { since } of rows) expect(since).toMatch(/^\d{4}-\d\d-\d\dT/);
});
