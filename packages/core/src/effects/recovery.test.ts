import { DAY, HOUR, newId } from '@secateur/base';
import type { ActingAccount, NetworkPort } from '@secateur/networks/port';
import { DEMO } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { getShield, raise, undo } from '../shields/index.ts';
import { type Life, startLife } from '../testing/index.ts';

/** What happens to the next call that applies or lifts, instead of what should. */
type Mishap = (call: () => ReturnType<ActingAccount['apply']>) => ReturnType<ActingAccount['apply']>;

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let shieldId: string;
let mishap: Mishap | null = null;

beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: 'demo', wrap: clumsy });
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});
beforeEach(async () => {
  const { rows } = await admin.query<{ id: string }>(`SELECT id FROM connections`);
  const connectionId = rows[0]?.id ?? (await life.connect(DEMO.handle, DEMO.password));
  await pass(3 * HOUR);
  const { id } = await life.preview({ query: 'grudge.sandbox.test', connectionIds: [connectionId], hold: 'forever' });
  await life.drain.run();
  shieldId = id;
  await raise(life.member, { id });
});
afterEach(async () => {
  mishap = null;
  await undo(life.member, { id: shieldId });
  await pass(2 * HOUR);
  expect(await ours()).toEqual([]);
});

/** Passes everything on, but for one write that meets with the mishap. */
function clumsy(port: NetworkPort): NetworkPort {
  const once = (call: () => ReturnType<ActingAccount['apply']>) => {
    const now = mishap;
    mishap = null;
    return now ? now(call) : call();
  };
  return {
    ...port,
    actFor(credentials, rotated) {
      const account = port.actFor(credentials, rotated);
      return {
        ...account,
        apply: (action, writes, fence, at) => once(() => account.apply(action, writes, fence, at)),
        lift: (action, writes, fence) => once(() => account.lift(action, writes, fence)),
      };
    },
  };
}

class Died extends Error {}

/** The process dies: what it held stays held in its name, until the sweep frees it and others go on. */
async function die(): Promise<void> {
  await expect(life.drain.run()).rejects.toBeInstanceOf(Died);
  await admin.query(`UPDATE network_accounts SET holder = $1, held_until = clock_timestamp() + interval '1 minute'`, [
    life.worker.memberId,
  ]);
  await admin.query(`SELECT across.release($1)`, [life.worker.memberId]);
  life.worker.memberId = newId();
  await pass(HOUR / 30);
}

async function pass(ms: number): Promise<void> {
  await life.sandbox.control.advance(ms);
  await life.drain.run();
}

async function ours(): Promise<string[]> {
  const repos = await life.sandbox.control.records('app.bsky.graph.block', DEMO.handle);
  return repos.flatMap((r) => r.records.filter((record) => record.by === 'app').map((record) => record.subject));
}

/** Everybody who should be is blocked, once. */
async function expectWhole(): Promise<void> {
  // What was refused is spent too, so the last ones may take their turn in the next hour.
  for (let hour = 0; hour < 3; hour += 1) await pass(2 * HOUR);
  const made = await ours();
  const { counts } = await getShield(life.member, { id: shieldId });
  expect(counts).toMatchObject({ pending: 0, failed: 0, over: 0 });
  expect(made).toHaveLength(counts.done);
  expect(new Set(made).size).toBe(made.length);
  expect(made.length).toBeGreaterThan(1_000);
}

test('a worker that dies before it sends loses nothing', async () => {
  mishap = () => Promise.reject(new Died());
  await die();
  await expectWhole();
});

test('a worker that dies after it sent doubles nothing', async () => {
  mishap = async (call) => {
    await call();
    throw new Died();
  };
  await die();
  await expectWhole();
});

test('a connection that breaks after the network took the batch doubles nothing', async () => {
  await life.sandbox.control.addFault({ kind: 'applied-then-reset', method: 'com.atproto.repo.applyWrites', count: 2 });
  await expectWhole();
});

test('a connection that breaks before the network took the batch loses nothing', async () => {
  await life.sandbox.control.addFault({ kind: 'reset-before', method: 'com.atproto.repo.applyWrites', count: 2 });
  await expectWhole();
});

test('a 500 without a name is read back', async () => {
  await life.sandbox.control.addFault({ kind: '500', method: 'com.atproto.repo.applyWrites', count: 1 });
  await expectWhole();
});

test('a network that wants us to slow down is waited for', async () => {
  await life.sandbox.control.addFault({
    kind: '429',
    method: 'com.atproto.repo.applyWrites',
    count: 1,
    retryAfterSeconds: 60,
  });
  await life.drain.run();
  expect((await getShield(life.member, { id: shieldId })).waiting).toMatchObject({ why: 'budget' });
  await expectWhole();
});

test('a write by somebody else in between refuses ours, and the hand-made block among it is kept apart', async () => {
  mishap = async (call) => {
    await life.sandbox.control.perform({ do: 'block', account: DEMO.handle, subject: 'grudge.sandbox.test#10' });
    return call();
  };
  await expectWhole();
  const person = await life.sandbox.control.person('grudge.sandbox.test#10');
  expect(await ours()).not.toContain(person?.did);
  await life.sandbox.control.perform({ do: 'unblock', account: DEMO.handle, subject: 'grudge.sandbox.test#10' });
});

test('a stalled worker that wakes when another has gone on is refused', async () => {
  let late: (() => ReturnType<ActingAccount['apply']>) | null = null;
  mishap = (call) => {
    late = call;
    return Promise.reject(new Died());
  };
  await die();
  await expectWhole();
  const before = (await ours()).sort();
  await expect((late as unknown as () => Promise<unknown>)()).rejects.toMatchObject({ problem: 'fenced' });
  expect((await ours()).sort()).toEqual(before);
});

test('what the user lifts by hand while the answer is lost is not made again', async () => {
  mishap = async (call) => {
    await call();
    await life.sandbox.control.perform({ do: 'unblock', account: DEMO.handle, subject: 'grudge.sandbox.test' });
    throw new Died();
  };
  await die();
  await pass(3 * HOUR);
  const harasser = await life.sandbox.control.person('grudge.sandbox.test');
  expect(await ours()).not.toContain(harasser?.did);
  expect((await getShield(life.member, { id: shieldId })).counts.over).toBe(1);
});

test('a lift whose answer is lost is read back', async () => {
  await life.drain.run();
  await life.sandbox.control.addFault({ kind: 'applied-then-reset', method: 'com.atproto.repo.applyWrites', count: 1 });
  await undo(life.member, { id: shieldId });
  await pass(DAY);
  expect(await ours()).toEqual([]);
  expect((await getShield(life.member, { id: shieldId })).state).toBe('ended');
  const again = await life.preview({
    query: 'grudge.sandbox.test',
    connectionIds: (await getShield(life.member, { id: shieldId })).connections.map((c) => c.id),
    hold: 'forever',
  });
  await life.drain.run();
  await raise(life.member, again);
  shieldId = again.id;
});

test('a lift that the network refuses for now stays visible and is done later', async () => {
  await life.drain.run();
  await life.sandbox.control.addFault({ kind: '503', method: 'com.atproto.repo.applyWrites' });
  await undo(life.member, { id: shieldId });
  await life.drain.run();
  const waiting = await getShield(life.member, { id: shieldId });
  expect(waiting).toMatchObject({ state: 'lifting', waiting: { why: 'network' } });
  expect(waiting.counts.done).toBeGreaterThan(1_000);
  await life.sandbox.control.clearFaults();
  await pass(DAY);
  expect(await ours()).toEqual([]);
  const connectionIds = waiting.connections.map((c) => c.id);
  const again = await life.preview({ query: 'grudge.sandbox.test', connectionIds, hold: 'forever' });
  await life.drain.run();
  await raise(life.member, again);
  shieldId = again.id;
});
