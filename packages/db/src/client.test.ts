import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDb, type Db } from './client.ts';
import { ask, scratchDatabase } from './fixtures/scratch-database.ts';

let database: Awaited<ReturnType<typeof scratchDatabase>>;
let db: Db;
beforeEach(async () => {
  database = await scratchDatabase();
});
afterEach(async () => {
  await db.close();
  await database.close();
});

test('Prisma and plain SQL share the pool', async () => {
  db = createDb(database.url, { max: 1, name: 'shared' });
  const viaPrisma = await db.prisma.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const plain = await db.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  expect(plain.rows).toEqual(viaPrisma);
  expect(
    await ask(database.url, `select count(*)::int from pg_stat_activity where application_name = 'shared'`),
  ).toEqual([1]);
});

test('a lost connection is told and replaced', async () => {
  let lost: (error: Error) => void = () => {};
  const told = new Promise<Error>((settle) => {
    lost = settle;
  });
  db = createDb(database.url, { max: 1, name: 'losing', onLost: (error) => lost(error) });
  await db.pool.query('select 1');
  await ask(database.url, `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'losing'`);
  expect((await told).message).toMatch(/terminat/);
  expect((await db.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});
