import { newId } from '@secateur/base';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { enqueue } from '../enqueue.ts';
import type { Run } from '../handler.ts';
import { done } from '../outcome.ts';
import { visit, visitOnce } from './fixtures/jobs.ts';
import { keptLog } from './fixtures/kept-log.ts';
import { type LaneUnderTest, laneUnderTest, type Place, untilAborted } from './fixtures/lane-under-test.ts';
import { freshQueue, type QueueDatabase } from './fixtures/queue-database.ts';
import { streamOf } from './fixtures/stream-of.ts';
import { startWorkerProcess, type WorkerProcess } from './fixtures/worker-process.ts';
import { type Death, type SweeperOptions, startSweeper } from './sweep.ts';
import type { Ticker } from './ticker.ts';

let db: QueueDatabase;
let worker: WorkerProcess | null = null;
let heir: LaneUnderTest | null = null;
let sweeper: Ticker | null = null;
let deaths = streamOf<Death>();

beforeAll(async () => {
  db = await freshQueue();
  await db.ask('create table leases (member_id uuid); grant all on leases to secateur_queue');
});
afterEach(async () => {
  await worker?.kill();
  await heir?.close();
  await sweeper?.stop();
  worker = heir = sweeper = null;
  deaths = streamOf<Death>();
  await db.ask('truncate queue_standard._private_jobs, queue.fleet, leases');
});
afterAll(() => db.close());

function sweep(options: Partial<SweeperOptions> = {}) {
  return startSweeper({
    url: db.queue,
    log: keptLog(),
    everyMs: 20,
    swept: deaths.put,
    onDead: async (memberId, tx) => {
      await tx.$executeRaw`delete from leases where member_id = ${memberId}::uuid`;
    },
    ...options,
  });
}

/** A worker process that is in the middle of that job. */
async function workerBusyWith(job: typeof visit | typeof visitOnce, options: object = {}) {
  worker = await startWorkerProcess(db.queue, options);
  await enqueue(db.tx, job as typeof visit, { place: 'Oslo' });
  expect(await worker.says('took')).toBe('Oslo');
  return worker;
}

test('a job whose worker is killed runs again elsewhere, its attempt given back', async () => {
  sweeper = sweep();
  const { memberId, kill } = await workerBusyWith(visit);
  heir = await laneUnderTest(db.queue, async () => done());
  await kill();
  expect(await deaths.take()).toMatchObject({ memberId, why: 'gone', jobs: 1 });
  expect(await heir.nextEnd()).toMatchObject({ end: 'done', attempt: 1 });
});

test('also when it was killed on its last attempt', async () => {
  sweeper = sweep();
  const { kill } = await workerBusyWith(visitOnce);
  heir = await laneUnderTest(db.queue, async () => done());
  await kill();
  expect(await heir.nextEnd()).toMatchObject({ name: 'visit-once', end: 'done', attempt: 1 });
});

test('without a sweeper it stays locked while others work', async () => {
  const { kill } = await workerBusyWith(visit);
  heir = await laneUnderTest(db.queue, async () => done());
  await kill();
  await enqueue(db.tx, visit, { place: 'Rome' });
  expect(await heir.nextEnd()).toMatchObject({ end: 'done' });
  await heir.close();
  expect(await db.jobs()).toMatchObject([
    { payload: { place: 'Oslo' }, locked_by: expect.stringContaining('member:') },
  ]);
});

test('with graphile’s own unlocking a job killed on its last attempt never runs again', async () => {
  const { kill } = await workerBusyWith(visitOnce);
  await kill();
  await db.ask('select queue_standard.force_unlock_workers(pool_ids) from queue.fleet');
  heir = await laneUnderTest(db.queue, async () => done());
  await enqueue(db.tx, visit, { place: 'Rome' });
  expect(await heir.nextEnd()).toMatchObject({ name: 'visit' });
  await heir.close();
  expect(await db.jobs()).toMatchObject([{ name: 'visit-once', locked_by: null, attempts: 1 }]);
});

test('what our rows say the dead member held is cleared in the same transaction', async () => {
  const { memberId, kill } = await workerBusyWith(visit);
  await db.ask('insert into leases values ($1)', [memberId]);
  await kill();
  sweeper = sweep();
  await deaths.take();
  expect(await db.ask('select * from leases')).toEqual([]);
  expect(await db.ask('select * from queue.fleet')).toEqual([]);
});

test('when that fails nothing is given back, and the next look tries again', async () => {
  const { kill } = await workerBusyWith(visit);
  await kill();
  const looks = streamOf<void>();
  let broken = true;
  sweeper = sweep({
    onDead: async () => {
      looks.put();
      if (broken) throw new Error('no');
    },
  });
  await looks.take();
  await looks.take();
  expect(await db.jobs()).toMatchObject([{ locked_by: expect.stringContaining('member:'), attempts: 1 }]);
  broken = false;
  await deaths.take();
  expect(await db.jobs()).toMatchObject([{ locked_by: null, attempts: 0 }]);
});

test('a process that stands still for too long is swept, and when it wakes it does not complete what others have', async () => {
  const limit = { deadAfterMs: 400, beatEveryMs: 50 };
  const { memberId, stop, goOn, tell, says } = await workerBusyWith(visit, limit);
  sweeper = sweep(limit);
  const held = Promise.withResolvers<void>();
  const keepsHeld = async (_: Place, { signal }: Run) => {
    await Promise.race([held.promise, untilAborted(signal)]);
    return done();
  };
  heir = await laneUnderTest(db.queue, keepsHeld, limit);
  stop();
  expect(await deaths.take()).toMatchObject({ memberId, why: 'stalled', jobs: 1 });
  tell();
  goOn();
  expect(await says('ended')).toBe('disowned');
  await says('lost');
  expect(await db.jobs()).toMatchObject([{ locked_by: expect.stringContaining(heir.member.id) }]);
  held.resolve();
  expect(await heir.nextEnd()).toMatchObject({ end: 'done' });
});

test('living members are left alone', async () => {
  heir = await laneUnderTest(db.queue, async () => done());
  sweeper = sweep();
  const dead = newId();
  await db.ask('insert into queue.fleet (member_id, name, lock_key, host, pid) values ($1, $2, 7, $2, 1)', [
    dead,
    'dead',
  ]);
  expect(await deaths.take()).toMatchObject({ memberId: dead, why: 'gone', jobs: 0 });
  expect(await db.ask('select member_id from queue.fleet')).toEqual([{ member_id: heir.member.id }]);
  expect(await heir.member.confirm()).toBe(true);
});

test('a job taken in the name of a member already swept is given back too', async () => {
  await enqueue(db.tx, visitOnce, { place: 'Oslo' });
  await db.ask(
    "update queue_standard._private_jobs set attempts = 1, locked_at = now(), locked_by = 'member:' || $1 || ':standard:1'",
    [newId()],
  );
  heir = await laneUnderTest(db.queue, async () => done());
  sweeper = sweep();
  expect(await heir.nextEnd()).toMatchObject({ name: 'visit-once', end: 'done' });
});

test('a job that failed for good is deleted a day later', async () => {
  await enqueue(db.tx, visitOnce, { place: 'Oslo' });
  await enqueue(db.tx, visitOnce, { place: 'Rome' });
  await db.ask(`update queue_standard._private_jobs set attempts = 1, updated_at = now() - case
    when payload->>'place' = 'Oslo' then interval '25 hours' else interval '23 hours' end`);
  sweeper = sweep();
  await sweeper.stop();
  expect((await db.jobs()).map((job) => job.payload)).toEqual([{ place: 'Rome' }]);
});
