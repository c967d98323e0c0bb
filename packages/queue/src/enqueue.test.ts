import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { enqueue, enqueueMany } from './enqueue.ts';
import { defineJob } from './job.ts';
import { visit, visitOnce } from './runtime/fixtures/jobs.ts';
import { freshQueue, type QueueDatabase } from './runtime/fixtures/queue-database.ts';

let db: QueueDatabase;
beforeAll(async () => {
  db = await freshQueue();
  await db.ask('create table places (name text primary key)');
  await db.ask('grant all on places to secateur_web');
});
afterEach(() => db.ask('truncate queue_standard._private_jobs, places'));
afterAll(() => db.close());

const places = async () => (await db.ask<{ name: string }>('select name from places')).map((row) => row.name);
const waiting = async () => (await db.jobs()).map((job) => job.payload);

test('a job is there when the transaction that made it true commits', async () => {
  await db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`insert into places values ('Oslo')`;
    await enqueue(tx, visit, { place: 'Oslo' });
    expect(await waiting()).toEqual([]);
  });
  expect(await waiting()).toEqual([{ place: 'Oslo' }]);
  expect(await places()).toEqual(['Oslo']);
});

test('and not when it rolls back', async () => {
  const work = db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`insert into places values ('Oslo')`;
    await enqueue(tx, visit, { place: 'Oslo' });
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  expect(await waiting()).toEqual([]);
  expect(await places()).toEqual([]);
});

test('the row is not there either when the job cannot be', async () => {
  const nowhere = defineJob({ ...visit, lane: 'nowhere' as 'standard' });
  const work = db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`insert into places values ('Oslo')`;
    await enqueue(tx, nowhere, { place: 'Oslo' });
  });
  await expect(work).rejects.toThrow('unknown lane nowhere');
  expect(await places()).toEqual([]);
});

test('a payload that does not fit is refused before anything is written', async () => {
  const wrong = { place: 7 } as unknown as { place: string };
  await expect(enqueue(db.tx, visit, wrong)).rejects.toThrow(z.ZodError);
  await expect(enqueueMany(db.tx, visit, [{ place: 'Oslo' }, wrong])).rejects.toThrow(z.ZodError);
  expect(await waiting()).toEqual([]);
});

test('while a job with a key waits there is no second one', async () => {
  for (const place of ['Oslo', 'Rome', 'Oslo']) await enqueue(db.tx, visit, { place });
  expect(await waiting()).toEqual([{ place: 'Oslo' }, { place: 'Rome' }]);
});

test('a job without a key is as many as it was enqueued', async () => {
  await enqueue(db.tx, visitOnce, { place: 'Oslo' });
  await enqueueMany(db.tx, visitOnce, [{ place: 'Oslo' }, { place: 'Oslo' }]);
  expect(await waiting()).toHaveLength(3);
});

test('of many with the same key the last one counts', async () => {
  const tour = defineJob({ ...visit, name: 'tour', key: () => 'tour' });
  await enqueueMany(db.tx, tour, [{ place: 'Oslo' }, { place: 'Rome' }, { place: 'Bonn' }]);
  expect(await waiting()).toEqual([{ place: 'Bonn' }]);
});

test('no payloads are no jobs', async () => {
  await enqueueMany(db.tx, visit, []);
  expect(await waiting()).toEqual([]);
});

test('a job carries its tries, and a priority that the caller may change', async () => {
  const hurried = defineJob({ ...visitOnce, priority: 3 });
  await enqueue(db.tx, hurried, { place: 'Oslo' });
  await enqueue(db.tx, hurried, { place: 'Rome' }, { priority: -5 });
  const rows = await db.ask('select priority, max_attempts from queue_standard._private_jobs order by id');
  expect(rows).toEqual([
    { priority: 3, max_attempts: 1 },
    { priority: -5, max_attempts: 1 },
  ]);
});

test('a running job is followed by another', async () => {
  await enqueue(db.tx, visit, { place: 'Oslo' });
  await db.ask("update queue_standard._private_jobs set locked_by = 'somebody', locked_at = now(), attempts = 1");
  await enqueue(db.tx, visit, { place: 'Oslo' });
  expect((await db.jobs()).map((job) => job.locked_by)).toEqual(['somebody', null]);
});

test('a wake-up is not lost to a worker that takes the waiting job at the same moment', async () => {
  await enqueue(db.tx, visit, { place: 'Oslo' });
  const worker = new pg.Client(db.admin);
  await worker.connect();
  await worker.query('begin');
  await worker.query("update queue_standard._private_jobs set locked_by = 'somebody', locked_at = now(), attempts = 1");
  const enqueued = enqueue(db.tx, visit, { place: 'Oslo' });
  const blocked = 'select 1 from pg_stat_activity where pg_blocking_pids(pid) <> array[]::int[]';
  while ((await db.ask(blocked)).length === 0);
  await worker.query('commit');
  await enqueued;
  await worker.end();
  expect((await db.jobs()).map((job) => job.locked_by)).toEqual(['somebody', null]);
});

test('the apps may enqueue but not look into the lanes', async () => {
  for (const url of [db.web, db.worker]) {
    const app = new pg.Client(url);
    await app.connect();
    await app.query(`select queue.enqueue('critical', 'nothing', '{}', null, 0, 1)`);
    await expect(app.query('select * from queue_critical._private_jobs')).rejects.toThrow('permission denied');
    await expect(app.query('delete from queue.fleet')).rejects.toThrow('permission denied');
    await app.end();
  }
});
