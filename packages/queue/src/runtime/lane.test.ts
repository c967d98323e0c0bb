import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { enqueue } from '../enqueue.ts';
import { done, drop, snooze } from '../outcome.ts';
import { visit, visitOnce } from './fixtures/jobs.ts';
import { type LaneUnderTest, laneUnderTest, untilAborted } from './fixtures/lane-under-test.ts';
import { freshQueue, type QueueDatabase } from './fixtures/queue-database.ts';
import { streamOf } from './fixtures/stream-of.ts';

let db: QueueDatabase;
let lane: LaneUnderTest | null = null;
beforeAll(async () => {
  db = await freshQueue();
});
afterEach(async () => {
  await lane?.close();
  lane = null;
  await db.ask('truncate queue_standard._private_jobs');
});
afterAll(() => db.close());

class Refused extends Error {
  override name = 'Refused';
  code = 'E42';
}

test.for([
  { end: 'done', reason: null, handler: async () => done() },
  { end: 'snooze', reason: 'no_budget', handler: async () => snooze('no_budget') },
  { end: 'drop', reason: 'gone', handler: async () => drop('gone') },
])('a job that ends as $end is completed and told apart', async ({ end, reason, handler }) => {
  lane = await laneUnderTest(db.queue, handler);
  await enqueue(db.tx, visit, { place: 'Oslo' });
  expect(await lane.nextEnd()).toMatchObject({
    lane: 'standard',
    name: 'visit',
    end,
    reason,
    attempt: 1,
    final: false,
  });
  await lane.close();
  expect(await db.jobs()).toEqual([]);
});

test('a handler is given its payload and who runs it', async () => {
  const seen = streamOf<unknown>();
  lane = await laneUnderTest(db.queue, async (payload, { memberId, attempt, maxAttempts }) => {
    seen.put({ payload, memberId, attempt, maxAttempts });
    return done();
  });
  await enqueue(db.tx, visitOnce, { place: 'Oslo' });
  expect(await seen.take()).toEqual({
    payload: { place: 'Oslo' },
    memberId: lane.member.id,
    attempt: 1,
    maxAttempts: 1,
  });
});

test('a payload that does not fit is dropped, and its contents are in no log', async () => {
  lane = await laneUnderTest(db.queue, async () => done());
  await db.tx.$executeRaw`select queue.enqueue('standard', 'visit', '{"place": {"secret": "hunter2"}}', null, 0, 8)`;
  expect(await lane.nextEnd()).toMatchObject({ end: 'unfit' });
  await lane.close();
  expect(await db.jobs()).toEqual([]);
  expect(lane.lines).toContainEqual(
    expect.objectContaining({ level: 'error', fields: expect.objectContaining({ issues: ['place: invalid_type'] }) }),
  );
  expect(JSON.stringify(lane.lines)).not.toContain('hunter2');
});

test('a throw is a failure that comes back later, stored without its message', async () => {
  lane = await laneUnderTest(db.queue, async () => {
    throw new Refused('the password hunter2 is wrong');
  });
  await enqueue(db.tx, visit, { place: 'Oslo' });
  expect(await lane.nextEnd()).toMatchObject({ end: 'failed', reason: 'Refused E42', final: false });
  await lane.close();
  expect(await db.jobs()).toMatchObject([{ locked_by: null, attempts: 1, last_error: 'Refused E42' }]);
  const later = await db.ask('select 1 from queue_standard._private_jobs where run_at > now()');
  expect(later).toHaveLength(1);
});

test('the last failure is final', async () => {
  lane = await laneUnderTest(db.queue, async () => {
    throw new Refused();
  });
  await enqueue(db.tx, visitOnce, { place: 'Oslo' });
  expect(await lane.nextEnd()).toMatchObject({ end: 'failed', attempt: 1, final: true });
});

test('a job is locked under a name that the fleet knows', async () => {
  const started = streamOf<void>();
  const end = Promise.withResolvers<void>();
  lane = await laneUnderTest(db.queue, async () => {
    started.put();
    await end.promise;
    return done();
  });
  await enqueue(db.tx, visit, { place: 'Oslo' });
  await started.take();
  const known = await db.ask(
    'select member_id from queue_standard._private_jobs j join queue.fleet f on j.locked_by = any(f.pool_ids)',
  );
  expect(known).toEqual([{ member_id: lane.member.id }]);
  end.resolve();
});

test('a lane takes only its own jobs', async () => {
  await db.tx.$executeRaw`select queue.enqueue('critical', 'visit', '{"place": "Oslo"}', null, 0, 8)`;
  await enqueue(db.tx, visit, { place: 'Rome' });
  lane = await laneUnderTest(db.queue, async () => done());
  await lane.nextEnd();
  await lane.close();
  expect(await db.ask('select locked_by, attempts from queue_critical._private_jobs')).toEqual([
    { locked_by: null, attempts: 0 },
  ]);
});

test('stopping lets a running job end', async () => {
  const started = streamOf<void>();
  const end = Promise.withResolvers<void>();
  lane = await laneUnderTest(db.queue, async () => {
    started.put();
    await end.promise;
    return done();
  });
  await enqueue(db.tx, visit, { place: 'Oslo' });
  await started.take();
  const stopped = lane.close();
  end.resolve();
  await stopped;
  expect(await lane.nextEnd()).toMatchObject({ end: 'done' });
  expect(await db.jobs()).toEqual([]);
});

test('a job that takes too long to stop is told to, and handed back as if never taken', async () => {
  const started = streamOf<void>();
  lane = await laneUnderTest(
    db.queue,
    async (_, { signal }) => {
      started.put();
      return untilAborted(signal);
    },
    { graceMs: 1 },
  );
  await enqueue(db.tx, visitOnce, { place: 'Oslo' });
  await started.take();
  await lane.stop();
  expect(await lane.nextEnd()).toMatchObject({ end: 'handed_back', final: false });
  expect(await db.jobs()).toMatchObject([{ locked_by: null, attempts: 0, last_error: null }]);
  expect(
    await db.ask('select 1 from queue_standard._private_jobs where is_available and run_at <= now()'),
  ).toHaveLength(1);
});

test('a member that leaves is not in the fleet', async () => {
  lane = await laneUnderTest(db.queue, async () => done());
  const { id } = lane.member;
  expect(await db.ask('select member_id from queue.fleet')).toEqual([{ member_id: id }]);
  await lane.close();
  expect(await db.ask('select member_id from queue.fleet')).toEqual([]);
});

test('a lane without jobs idles until it is stopped, and takes nothing', async () => {
  await db.tx.$executeRaw`select queue.enqueue('background', 'visit', '{"place": "Oslo"}', null, 0, 8)`;
  lane = await laneUnderTest(db.queue, async () => done(), { lane: 'background' });
  await lane.stop();
  await lane.ended;
  expect(lane.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  expect(await db.ask('select attempts from queue_background._private_jobs')).toEqual([{ attempts: 0 }]);
});

test('a lane that cannot start says so', async () => {
  const nobody = new URL(db.queue);
  nobody.pathname = '/nowhere';
  await expect(laneUnderTest(nobody.href, async () => done())).rejects.toThrow('does not exist');
});
