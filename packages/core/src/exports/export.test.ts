import { newId } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { freshDatabase, readArchive, readCsv, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MemberContext } from '../context/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { crowd as crowdOf } from './fixtures/crowd.ts';
import { readWhole } from './fixtures/read-whole.ts';
import { exportTenant } from './index.ts';
import { pageOf } from './pages.ts';
import { EXPORT_FORMS } from './schemas.ts';
import { blocked, effects } from './tables/effects.ts';
import { targets } from './tables/targets.ts';

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: 'empty' });
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

const AWKWARD = [
  '=HYPERLINK("https://x.example","a")',
  '+1',
  '-1',
  '@SUM(A1:A9)',
  '\tx',
  '\rx',
  '\n=1',
  'a,b "c", ""',
  'two\r\nlines\n',
  '"',
  ',',
  'שלום, ‮עולם',
  '👩🏽‍🚒 héllo \u2028',
  "'=1",
  ' ',
  '\\N',
  '</script>',
];

const crowd = (member: MemberContext, names: readonly (string | null)[]) => crowdOf(admin, member, names);

test('awkward values come back from the document as they are', async () => {
  const member = await life.stranger();
  await crowd(member, [...AWKWARD, null]);
  const { targets } = JSON.parse((await readWhole(member, 'json')).toString());
  const names = new Set(targets.map((one: { displayName: string | null }) => one.displayName));
  expect(names).toEqual(new Set([...AWKWARD, null]));
});

test('from a table they do too, but that what would be a formula begins with a sign', async () => {
  const member = await life.stranger();
  await crowd(member, [...AWKWARD, null]);
  const files = readArchive(await readWhole(member, 'csv'));
  const names = readCsv(files.get('targets.csv') ?? '').map(({ displayName }) => displayName);
  const expected = AWKWARD.map((name) => (/^[=+\-@\t\r\n]/.test(name) ? `'${name}` : name));
  expect(names.sort()).toEqual([...expected, ''].sort());
  const cells = [...files.values()].flatMap((text) => readCsv(text).flatMap((row) => Object.values(row)));
  expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
});

/** The same member, whose every transaction is counted. */
function counted(member: MemberContext): { member: MemberContext; count(): number } {
  let count = 0;
  const prisma = new Proxy(member.prisma, {
    get(target, key) {
      if (key === '$transaction') count += 1;
      return Reflect.get(target, key, target);
    },
  });
  return { member: { ...member, prisma }, count: () => count };
}

test.for(EXPORT_FORMS)('ten thousand targets are never all in memory: %s', async (form) => {
  const { member, count } = counted(await life.stranger());
  await crowd(
    member,
    Array.from({ length: 10_000 }, (_, i) => `somebody ${i}`),
  );
  const { chunks } = await exportTenant(member, { form });
  expect(count()).toBe(1);
  let [largest, mostAhead, chunksSoFar, pages] = [0, 0, 0, 1];
  for await (const chunk of chunks) {
    chunksSoFar += 1;
    largest = Math.max(
      largest,
      (
        Buffer.from(chunk)
          .toString()
          .match(/did:plc/g) ?? []
      ).length,
    );
    // However fast it is read: a page is fetched when the one before it has gone.
    mostAhead = Math.max(mostAhead, count() - pages);
    pages = count();
  }
  expect(largest).toBe(1_000);
  // Tables without a row make no chunk of their own; there are fewer of those than tables.
  expect(mostAhead).toBeLessThan(16);
  expect(chunksSoFar).toBeGreaterThanOrEqual(form === 'list' ? 11 : 20);
  expect(count()).toBeGreaterThan(form === 'list' ? 10 : 20);
});

/** Rows that are read of `relation`'s parts, in all of a plan. */
function rowsRead(plan: Plan, relation: RegExp): number {
  const own = relation.test(plan['Relation Name'] ?? '') ? plan['Actual Rows'] * plan['Actual Loops'] : 0;
  const dropped = relation.test(plan['Relation Name'] ?? '') ? (plan['Rows Removed by Filter'] ?? 0) : 0;
  return (plan.Plans ?? []).reduce((sum, part) => sum + rowsRead(part, relation), own + dropped);
}
type Plan = {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
};

test.for([targets, effects, blocked])('a page costs a page, however much is left: $name', async (table) => {
  const member = await life.stranger();
  const { tenantId } = member.actor;
  await crowd(
    member,
    Array.from({ length: 10_000 }, (_, i) => `somebody ${i}`),
  );
  let read = 0;
  await withTenant(member.prisma, tenantId, async (tx) => {
    const explaining = new Proxy(tx, {
      get: (target, key) =>
        key === '$queryRaw'
          ? async (words: TemplateStringsArray, ...values: unknown[]) => {
              const text = words.reduce((query, word, i) => `${query}$${i}${word}`);
              const [row] = await tx.$queryRawUnsafe<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(
                `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
                ...values,
              );
              for (const { Plan } of row?.['QUERY PLAN'] ?? [])
                read += rowsRead(Plan, table.of[0] === 'targets' ? /^targets/ : /^effects/);
              return tx.$queryRaw(words, ...values);
            }
          : Reflect.get(target, key, target),
    });
    expect(await pageOf(explaining, tenantId, table, table.start)).toHaveLength(1_000);
  });
  expect(read).toBeGreaterThanOrEqual(1_000);
  expect(read).toBeLessThan(1_100);
});

test('who stops reading stops the reading', async () => {
  const { member, count } = counted(await life.stranger());
  await crowd(
    member,
    Array.from({ length: 5_000 }, (_, i) => `somebody ${i}`),
  );
  const { chunks } = await exportTenant(member, { form: 'list' });
  await chunks.next();
  await chunks.next();
  const soFar = count();
  await chunks.return(undefined);
  expect(await chunks.next()).toEqual({ done: true, value: undefined });
  // The place is given back, and nothing is read any more.
  expect(count()).toBe(soFar + 1);
});

test('every row is there once, however many pages and accounts it takes', async () => {
  const member = await life.stranger();
  for (const size of [1_000, 999, 1_001]) {
    await crowd(
      member,
      Array.from({ length: size }, (_, i) => `${size} ${i}`),
    );
  }
  const { targets } = JSON.parse((await readWhole(member, 'json')).toString());
  expect(targets).toHaveLength(3_000);
  expect(new Set(targets.map((one: { displayName: string }) => one.displayName)).size).toBe(3_000);
});

test('a member of another tenant takes their own along, and nothing else', async () => {
  const [member, stranger] = [await life.stranger(), await life.stranger()];
  await crowd(member, ['Canary']);
  for (const form of EXPORT_FORMS) {
    const text = (await readWhole(stranger, form)).toString();
    expect(text).not.toContain('Canary');
    expect(text).not.toContain(member.actor.tenantId);
    if (form !== 'list') expect(text).toContain(stranger.actor.tenantId);
  }
});

test.for(['helper', 'viewer'] as const)('a %s takes nothing along, and leaves no row', async (role) => {
  const { actor, ...owner } = await life.stranger();
  const verbs = ['view', 'prepare', 'run', 'undo'] as const;
  const grants = [{ connectionId: newId(), verbs, expiresAt: new Date('2999-01-01T00:00:00Z') }];
  const member = { ...owner, actor: { ...actor, role, grants } };
  for (const form of EXPORT_FORMS) {
    await expect(exportTenant(member, { form })).rejects.toMatchObject({ problem: 'not_allowed' });
  }
  expect(await exportsOf(actor.tenantId)).toBe(0);
});

test('a suspended tenant can still take everything along', async () => {
  const { actor, ...owner } = await life.stranger();
  const text = await readWhole({ ...owner, actor: { ...actor, suspended: true } }, 'json');
  expect(JSON.parse(text.toString()).tenant).toMatchObject([{ id: actor.tenantId }]);
});

test.for(EXPORT_FORMS)('that it is taken is written down before the first byte: %s', async (form) => {
  const member = await life.stranger();
  const { chunks } = await exportTenant(member, { form });
  expect(await exportsOf(member.actor.tenantId)).toBe(1);
  await chunks.return(undefined);
});

async function exportsOf(tenantId: string): Promise<number> {
  const { rows } = await admin.query(
    `SELECT 1 FROM audit WHERE tenant_id = $1 AND action = 'tenant.exported' AND subject_id = $1`,
    [tenantId],
  );
  return rows.length;
}

test.for(EXPORT_FORMS)(
  'a fault in the middle ends in an error, and what came before it is no whole file: %s',
  async (form) => {
    const member = await life.stranger();
    await crowd(
      member,
      Array.from({ length: 2_500 }, (_, i) => `somebody ${i}`),
    );
    let broken = false;
    const prisma = new Proxy(member.prisma, {
      get: (target, key) => {
        if (key === '$transaction' && broken) throw new Error('the database is gone');
        return Reflect.get(target, key, target);
      },
    });
    const { chunks } = await exportTenant({ ...member, prisma }, { form });
    const parts: Uint8Array[] = [];
    const read = async () => {
      for await (const chunk of chunks) {
        parts.push(Buffer.from(chunk));
        if (Buffer.concat(parts).toString().includes('did:plc')) broken = true;
      }
    };
    await expect(read()).rejects.toThrow('the database is gone');
    const bytes = Buffer.concat(parts);
    expect(bytes.length).toBeGreaterThan(1_000);
    if (form === 'json') expect(() => JSON.parse(bytes.toString())).toThrow();
    if (form === 'csv') expect(() => readArchive(bytes)).toThrow('no end');
  },
);

test('what can’t be taken along is refused', async () => {
  await expect(exportTenant(life.member, { form: 'xml' })).rejects.toMatchObject({ name: 'ZodError' });
});
