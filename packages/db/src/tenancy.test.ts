import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDb, type Db } from './client.ts';
import { ask, scratchDatabase } from './fixtures/scratch-database.ts';
import { withTenant, withTenantSql } from './tenancy.ts';

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

test('a connection that is lost in the middle is replaced', async () => {
  const lost = withTenantSql(db.prisma, TENANT, (tx) => tx.$queryRaw`select pg_terminate_backend(pg_backend_pid())`);
  await expect(lost).rejects.toThrow('terminat');
  expect(await withTenantSql(db.prisma, TENANT, (tx) => tx.$queryRaw`select 1 as one`)).toEqual([{ one: 1 }]);
});
