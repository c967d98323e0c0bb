import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDb, type Db } from './client.ts';
import { ask, scratchDatabase } from './fixtures/scratch-database.ts';
import { withTenant, withTenantSql } from './tenancy.ts';

const ROOT = join(import.meta.dirname, '../../..');
const TENANT = '0197b0c8-0000-7000-8000-000000000001';

let database: Awaited<ReturnType<typeof scratchDatabase>>;
let db: Db;
beforeEach(async () => {
  database = await scratchDatabase();
  await ask(database.url, 'create table notes (tenant text, at timestamptz, marks int[])');
  db = createDb(database.url, { max: 1, prepare: true });
});
afterEach(async () => {
  await db.close();
  await database.close();
});

describe.each([
  ['withTenant', withTenant],
  ['withTenantSql', withTenantSql],
])('%s', (_name, inTenant) => {
  test('sets the tenant for the transaction and no longer', async () => {
    const inside = await inTenant(
      db.prisma,
      TENANT,
      (tx) => tx.$queryRaw<{ tenant: string }[]>`select current_setting('app.tenant_id', true) as tenant`,
    );
    expect(inside).toEqual([{ tenant: TENANT }]);
    const { rows } = await db.pool.query(`select nullif(current_setting('app.tenant_id', true), '') as tenant`);
    expect(rows).toEqual([{ tenant: null }]);
  });

  test('rolls everything back when the work throws, and throws that', async () => {
    const fault = new Error('a fault');
    const work = inTenant(db.prisma, TENANT, async (tx) => {
      await tx.$executeRaw`insert into notes (tenant) values (${TENANT})`;
      throw fault;
    });
    await expect(work).rejects.toBe(fault);
    const { rows } = await db.pool.query('select count(*)::int as notes from notes');
    expect(rows).toEqual([{ notes: 0 }]);
  });

  test('gives what it was given, time and again', async () => {
    const at = new Date('2026-11-21T03:00:00.123Z');
    const write = (marks: (number | null)[]) =>
      inTenant(db.prisma, TENANT, async (tx) => {
        await tx.$executeRaw`delete from notes`;
        expect(await tx.$executeRaw`insert into notes values (${TENANT}, ${at}, ${marks}::int[])`).toBe(1);
        return tx.$queryRaw<object[]>`select tenant, at, marks from notes`;
      });
    expect(await write([1, null, 3])).toEqual([{ tenant: TENANT, at, marks: [1, null, 3] }]);
    expect(await write([])).toEqual([{ tenant: TENANT, at, marks: [] }]);
  });
});

test('there is no way to a tenant’s rows but these', async () => {
  const neverRun = async () => {
    // @ts-expect-error: private
    await db.prisma.connection.findMany();
    // @ts-expect-error: private, though its rows are told apart by their own id
    await db.prisma.tenant.findMany();
    // @ts-expect-error: private in a transaction too
    await db.prisma.$transaction((tx) => tx.effect.findMany());
    await db.prisma.profile.findMany();
    await db.prisma.$transaction((tx) => tx.user.findMany());
    await withTenant(db.prisma, TENANT, (tx) => tx.connection.findMany());
  };
  expect(neverRun).toBeTypeOf('function');
  const sources = globSync(['packages/*/src/**/*.ts', 'apps/*/src/**/*.{ts,tsx}'], { cwd: ROOT });
  const entering = sources.filter((path) =>
    /set_config\(\s*'app\.tenant_id'/.test(readFileSync(join(ROOT, path), 'utf8')),
  );
  expect(entering).toEqual(['packages/db/src/tenancy.ts']);
});

test('a connection that is lost in the middle is replaced', async () => {
  const lost = withTenantSql(db.prisma, TENANT, (tx) => tx.$queryRaw`select pg_terminate_backend(pg_backend_pid())`);
  await expect(lost).rejects.toThrow('terminat');
  expect(await withTenantSql(db.prisma, TENANT, (tx) => tx.$queryRaw`select 1 as one`)).toEqual([{ one: 1 }]);
});
