import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { keptLog } from './fixtures/kept-log.ts';
import { freshQueue, type QueueDatabase } from './fixtures/queue-database.ts';
import { streamOf } from './fixtures/stream-of.ts';
import { startTicker, type Ticker } from './ticker.ts';

let db: QueueDatabase;
const tickers: Ticker[] = [];
beforeAll(async () => {
  db = await freshQueue();
});
afterEach(() => Promise.all(tickers.splice(0).map((ticker) => ticker.stop())));
afterAll(() => db.close());

/** A ticker and the stream of its ticks. */
function ticking(name: string, tick: () => Promise<void> = async () => {}) {
  const ticks = streamOf<string>();
  const log = keptLog();
  const ticker = startTicker({
    url: db.worker,
    name,
    everyMs: 5,
    log,
    tick: () => {
      ticks.put('tick');
      return tick();
    },
  });
  tickers.push(ticker);
  return { ...ticker, next: ticks.take, log };
}

test('ticks again and again, never twice at once', async () => {
  let running = 0;
  let most = 0;
  const { next } = ticking('alone', async () => {
    running += 1;
    most = Math.max(most, running);
    await db.ask('select 1');
    running -= 1;
  });
  for (let n = 0; n < 5; n++) await next();
  expect(most).toBe(1);
});

test('of two with one name one ticks, and the other once it has stopped', async () => {
  const first = ticking('shared');
  await first.next();
  const order: string[] = [];
  const second = ticking('shared', async () => void order.push('second ticks'));
  // It has asked for the lock, in vain, when its session has nothing more to say.
  const asked = "select 1 from pg_stat_activity where application_name = 'secateur shared' and query like '%as leads'";
  while ((await db.ask(asked)).length < 2);
  await first.next();
  order.push('first stops');
  await first.stop();
  await second.next();
  expect(order.slice(0, 2)).toEqual(['first stops', 'second ticks']);
});

test('those with other names do not wait for each other', async () => {
  const one = ticking('one');
  const other = ticking('other');
  await Promise.all([one.next(), other.next()]);
});

test('a tick that throws is logged and followed by the next', async () => {
  const { next, log } = ticking('broken', async () => {
    throw new Error('no');
  });
  await next();
  await next();
  expect(log.lines).toContainEqual(expect.objectContaining({ level: 'error', message: 'a tick failed' }));
});

test('goes on after its connection was cut', async () => {
  const { next } = ticking('cut');
  await next();
  const cut = await db.ask(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'secateur cut'",
  );
  expect(cut).toHaveLength(1);
  // What was on its way when the connection was cut, and what came after.
  for (let n = 0; n < 5; n++) await next();
});

test('stopping waits for the running tick', async () => {
  const held = Promise.withResolvers<void>();
  let ended = false;
  const { next, stop } = ticking('slow', async () => {
    await held.promise;
    ended = true;
  });
  await next();
  const stopped = stop();
  held.resolve();
  await stopped;
  expect(ended).toBe(true);
});
