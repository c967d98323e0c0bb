import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@secateur/base';
import { deploy, ensureDatabase } from '@secateur/db/migrate';
import { freePort, type Postgres, startPostgres } from '@secateur/db/server';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { enqueue } from '../enqueue.ts';
import { done } from '../outcome.ts';
import { visit } from './fixtures/jobs.ts';
import { keptLog } from './fixtures/kept-log.ts';
import { laneUnderTest } from './fixtures/lane-under-test.ts';
import { type QueueDatabase, queueTools } from './fixtures/queue-database.ts';
import { streamOf } from './fixtures/stream-of.ts';
import { startWorkerProcess, type WorkerProcess } from './fixtures/worker-process.ts';
import { type Death, startSweeper } from './sweep.ts';
import type { Ticker } from './ticker.ts';

/** A server of its own, since nobody else's tests would survive what is done to it. */
const dataDir = mkdtempSync(join(tmpdir(), 'secateur-restart-'));
let port: number;
let server: Postgres;
let db: QueueDatabase;
let worker: WorkerProcess | null = null;
let sweeper: Ticker;
let deaths: ReturnType<typeof streamOf<Death>>;

// What was committed must outlive a crash of the server; a crash of the machine is not tried.
const start = () => startPostgres({ dataDir, port, fast: true, settings: { synchronous_commit: 'on' } });

beforeAll(async () => {
  port = await freePort();
  server = await start();
  await ensureDatabase(server.url('restarted'));
  await deploy(server.url('restarted'));
});
beforeEach(() => {
  const as = (role?: string) => server.url('restarted', role);
  db = queueTools({ admin: as(), web: as('secateur_web'), worker: as('secateur_worker'), queue: as('secateur_queue') });
  deaths = streamOf();
  sweeper = startSweeper({ url: db.queue, log: keptLog(), everyMs: 20, swept: deaths.put, onDead: async () => {} });
});
afterEach(async () => {
  await worker?.kill();
  worker = null;
  await sweeper.stop();
  await db.ask('truncate queue_standard._private_jobs, queue.fleet');
  await db.close();
});
afterAll(async () => {
  await server.stop();
  for (const path of [dataDir, server.dataDir]) rmSync(path, { recursive: true, force: true });
});

/** `pg_ctl stop -m immediate`, and start. */
async function restart() {
  process.kill(server.pid, 'SIGQUIT');
  await server.died;
  server = await start();
}

/** Kills one server process. The postmaster then ends all others and recovers, under the start time that it had. */
async function crash() {
  const [before] = await db.ask<{ pid: number }>('select pg_backend_pid() as pid');
  if (!before) throw new Error('no server process');
  process.kill(before.pid, 'SIGKILL');
  await reachable();
}

async function reachable() {
  while (!(await db.ask('select 1').catch(() => null)));
}

/** Settles when the sweeper has judged everybody, the dead one put among them included. */
async function swept() {
  const dead = newId();
  await db.ask(
    "insert into queue.fleet (member_id, name, lock_key, host, pid, beat_at) values ($1, 'dead', 7, 'none', 1, clock_timestamp() + interval '1 second')",
    [dead],
  );
  const found: string[] = [];
  while (!found.includes(dead)) found.push((await deaths.take()).memberId);
  return found.filter((id) => id !== dead);
}

test.for([
  { what: 'a restart of Postgres', happens: restart },
  { what: 'a crash of Postgres that keeps its start time', happens: crash },
])('$what frees the locks of the living, and they are not swept', async ({ happens }) => {
  worker = await startWorkerProcess(db.queue);
  await enqueue(db.tx, visit, { place: 'Oslo' });
  await worker.says('took');
  // It cannot take its lock again before the sweeper has looked.
  worker.stop();
  await happens();
  expect(await swept()).toEqual([]);
  worker.goOn();
  worker.tell();
  expect(await worker.says('ended')).toBe('done');
});

test('a lane goes on after Postgres was restarted in the middle of a job', async () => {
  const started = streamOf<string>();
  const held = Promise.withResolvers<void>();
  const lane = await laneUnderTest(db.queue, async ({ place }) => {
    started.put(place);
    if (place === 'Oslo') await held.promise;
    return done();
  });
  await enqueue(db.tx, visit, { place: 'Oslo' });
  await started.take();
  await restart();
  await reachable();
  held.resolve();
  expect(await lane.nextEnd()).toMatchObject({ end: 'done' });
  await enqueue(db.tx, visit, { place: 'Rome' });
  expect(await lane.nextEnd()).toMatchObject({ end: 'done' });
  expect(lane.member.lost.aborted).toBe(false);
  await lane.close();
  expect(await db.jobs()).toEqual([]);
});

test('a job whose end Postgres was not there to hear of runs again', async () => {
  const started = streamOf<number>();
  const ended = streamOf<void>();
  const lane = await laneUnderTest(db.queue, async (_, { attempt }) => {
    started.put(attempt);
    await ended.take();
    return done();
  });
  await enqueue(db.tx, visit, { place: 'Oslo' });
  await started.take();
  process.kill(server.pid, 'SIGQUIT');
  await server.died;
  ended.put();
  await lane.nextEnd();
  server = await start();
  expect(await started.take()).toBe(1);
  ended.put();
  expect(await lane.nextEnd()).toMatchObject({ end: 'done' });
  await lane.close();
  expect(await db.jobs()).toEqual([]);
});
