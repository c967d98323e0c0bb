import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scratchDatabase } from './fixtures/scratch-database.ts';
import { createLocks, type Locks } from './locks.ts';

let database: Awaited<ReturnType<typeof scratchDatabase>>;
let one: Locks;
let other: Locks;
beforeAll(async () => {
  database = await scratchDatabase();
  one = createLocks(database.url, { name: 'locks-one' });
  other = createLocks(database.url, { name: 'locks-other' });
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  await database.close();
});

/** Work that notes when it begins and ends, and ends when it is told to. */
function work(log: string[], name: string) {
  let finish = () => {};
  const told = new Promise<void>((settle) => {
    finish = settle;
  });
  let begun = () => {};
  const started = new Promise<void>((settle) => {
    begun = settle;
  });
  const run = async () => {
    log.push(`${name} begins`);
    begun();
    await told;
    log.push(`${name} ends`);
    return name;
  };
  return { run, finish, started };
}

test('two processes never run under one name at once, in either order', async () => {
  const log: string[] = [];
  const [first, second, third] = [work(log, 'first'), work(log, 'second'), work(log, 'third')];
  const a = one.alone('a', first.run);
  await first.started;
  const b = other.alone('a', second.run);
  const c = one.alone('a', third.run);
  second.finish();
  third.finish();
  first.finish();
  expect(await Promise.all([a, b, c])).toEqual(['first', 'second', 'third']);
  expect(log.slice(0, 2)).toEqual(['first begins', 'first ends']);
  for (const name of ['second', 'third']) expect(log.indexOf(`${name} ends`)).toBe(log.indexOf(`${name} begins`) + 1);
});

test('another name is another lock', async () => {
  const log: string[] = [];
  const first = work(log, 'first');
  const a = one.alone('a', first.run);
  await first.started;
  await other.alone('b', async () => log.push('b'));
  await one.alone('c', async () => log.push('c'));
  first.finish();
  await a;
  expect(log).toEqual(['first begins', 'b', 'c', 'first ends']);
});

test('work that fails gives its lock back', async () => {
  await expect(one.alone('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await other.alone('a', async () => 'free')).toBe('free');
  expect(await one.alone('a', async () => 'free')).toBe('free');
});

test('a process that is gone holds nothing, and a lost connection is made again', async () => {
  const log: string[] = [];
  const first = work(log, 'first');
  const a = one.alone('a', first.run);
  await first.started;
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'locks-one'`);
  await admin.end();
  expect(await other.alone('a', async () => 'free')).toBe('free');
  first.finish();
  expect(await a).toBe('first');
  expect(await one.alone('a', async () => 'again')).toBe('again');
});
