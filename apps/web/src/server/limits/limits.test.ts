import { DAY, MINUTE, problemOf } from '@secateur/base';
import { createDb, type Db } from '@secateur/db';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLimits, type Limit, limitBy } from './limits.ts';
import { POLICIES, type PolicyName } from './policies.ts';

const SECRET = 'a-secret-that-is-long-enough-to-be-one';

let database: TestDatabase;
let db: Db;
let limit: Limit;
beforeAll(async () => {
  database = await freshDatabase();
  db = createDb(database.web);
  limit = limitBy(createLimits(db.pool, SECRET));
});
afterAll(async () => {
  await db.close();
  await database.close();
});

/** How many of so many tries at once are let through. */
async function tries(name: PolicyName, key: string, count: number, by = limit): Promise<number> {
  const all = await Promise.allSettled(Array.from({ length: count }, () => by(name, key)));
  return all.filter(({ status }) => status === 'fulfilled').length;
}

test.each(Object.keys(POLICIES) as PolicyName[])('%s lets exactly so many through, also at once', async (name) => {
  const { times } = POLICIES[name];
  expect(await tries(name, 'somebody', times + 7)).toBe(times);
  expect(await tries(name, 'somebody else', 1)).toBe(1);
});

test('a refusal says when to come again', async () => {
  await tries('linkTo', 'sam@example.org', POLICIES.linkTo.times);
  const refused: unknown = await limit('linkTo', 'sam@example.org').catch((error: unknown) => error);
  expect(problemOf(refused)).toBe('too_many_tries');
  expect(refused).toMatchObject({ data: { seconds: expect.any(Number) } });
  const { seconds } = (refused as { data: { seconds: number } }).data;
  expect(seconds).toBeGreaterThan(3_500);
  expect(seconds).toBeLessThanOrEqual(3_600);
});

test('processes count together', async () => {
  const other = limitBy(createLimits(db.pool, SECRET));
  const { times } = POLICIES.linkTo;
  expect(await tries('linkTo', 'kim@example.org', times - 1)).toBe(times - 1);
  expect(await tries('linkTo', 'kim@example.org', 3, other)).toBe(1);
});

test('when the time is over it begins anew', async () => {
  expect(await tries('previewBy', 'lee', POLICIES.previewBy.times + 1)).toBe(POLICIES.previewBy.times);
  await db.pool.query('update rate_limits set expire = expire - $1', [10 * MINUTE]);
  expect(await tries('previewBy', 'lee', 1)).toBe(1);
});

test('nothing that is kept says who it was, and another day it is kept under another name', async () => {
  await limit('linkTo', 'canary@example.org');
  await limit('linkFrom', '203.0.113.77');
  const { rows } = await db.pool.query<{ key: string }>('select key from rate_limits');
  const keys = rows.map(({ key }) => key);
  expect(keys.join(' ')).not.toMatch(/canary|203[.]0/);
  await db.pool.query('delete from rate_limits');
  await limit('linkFrom', '203.0.113.77');
  await createLimits(db.pool, SECRET, () => Date.now() + DAY)('linkFrom', '203.0.113.77');
  expect((await db.pool.query('select * from rate_limits')).rowCount).toBe(2);
});

test('where tries can’t be counted nothing is tried', async () => {
  const closed = createDb(database.web);
  await closed.close();
  const failure: unknown = await createLimits(closed.pool, SECRET)('linkTo', 'x').catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  expect(problemOf(failure)).toBeNull();
});

test('no statement stays prepared on a connection that others get next', async () => {
  const one = createDb(database.web, { max: 1 });
  await createLimits(one.pool, SECRET)('linkTo', 'y');
  expect((await one.pool.query('select name from pg_prepared_statements')).rows).toEqual([]);
  await one.close();
});
