import { HOUR, profileId } from '@secateur/base';
import { type ActingAccount, NetworkError, type NetworkPort } from '@secateur/networks/port';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allow, disallow } from '../exemptions/index.ts';
import { disconnect } from '../leaving/index.ts';
import { cancel, getShield, pause, raise, resume, undo } from '../shields/index.ts';
import { type Life, startLife } from '../testing/index.ts';

const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';
/** More hand-made blocks than a page of the network's list holds. */
const BY_HAND = 120;
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [
      { handle: ME, password: 'pass-word' },
      { handle: TROLL, followers: 3 },
      { handle: 'many.sandbox.test', followers: BY_HAND },
    ],
  },
  ...Array.from(
    { length: BY_HAND },
    (_, i): Command => ({ do: 'block', account: ME, subject: `many.sandbox.test#${i}` }),
  ),
];

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let connectionId: string;
/** The write that the network has not heard of yet. */
let late: (() => Promise<unknown>) | null = null;
let holdsBack = false;
let rejects = false;
/** Runs before the second page of a list is asked for. */
let betweenPages: (() => Promise<void>) | null = null;

beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: WORLD, wrap: tardy });
  connectionId = await life.connect(ME, 'pass-word');
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

/** Keeps a write for itself and says that it got no answer; refuses those after it, if told to. */
function tardy(port: NetworkPort): NetworkPort {
  return {
    ...port,
    actFor(credentials, rotated): ActingAccount {
      const account = port.actFor(credentials, rotated);
      return {
        ...account,
        async apply(...args) {
          if (rejects) throw new NetworkError('rejected');
          if (!holdsBack) return account.apply(...args);
          holdsBack = false;
          late = () => account.apply(...args);
          throw new NetworkError('down', { uncertain: true });
        },
        async held(action, range) {
          if (range.cursor !== null && range.cursor !== undefined) {
            const now = betweenPages;
            betweenPages = null;
            await now?.();
          }
          return account.held(action, range);
        },
      };
    },
  };
}

async function preview(includeFollowers = true): Promise<string> {
  const { id } = await life.preview({ query: TROLL, connectionIds: [connectionId], hold: 'forever', includeFollowers });
  await life.drain.run();
  return id;
}

/** A shield whose whole crowd was sent in one write that nobody has heard of since; it stands still. */
async function raisedAndLost(): Promise<string> {
  const id = await preview();
  holdsBack = true;
  await raise(life.member, { id });
  while (late === null && (await life.drain.step()));
  expect(late).not.toBeNull();
  await pause(life.member, { id });
  await life.drain.run();
  return id;
}

async function deliver(): Promise<void> {
  const before = await ours();
  await late?.();
  late = null;
  expect((await ours()).length).toBeGreaterThan(before.length + 2);
}

async function reread(): Promise<void> {
  await admin.query(`UPDATE readings SET wake_at = $1 WHERE kind = 'blocks'`, [life.sandbox.clock.now()]);
  await life.drain.run();
}

async function ours(): Promise<string[]> {
  const repos = await life.sandbox.control.records('app.bsky.graph.block', ME);
  return repos.flatMap((r) => r.records.filter((record) => record.by === 'app').map((record) => record.subject));
}

async function crowd(): Promise<string[]> {
  return (await ours()).map((did) => profileId('bluesky', did));
}

test('what came late, was seen while it was wanted, and is spared then, is lifted at once', async () => {
  const id = await raisedAndLost();
  await deliver();
  const people = await crowd();
  await reread();
  for (const one of people) await allow(life.member, { profileId: one });
  await resume(life.member, { id });
  await life.drain.run();
  expect(await ours()).toEqual([]);
  for (const one of people) await disallow(life.member, { profileId: one });
});

test('what came late, was seen while it was wanted, and is wanted no more, is lifted at once', async () => {
  const id = await raisedAndLost();
  await deliver();
  await reread();
  await cancel(life.member, { id });
  await life.drain.run();
  expect(await ours()).toEqual([]);
  expect((await getShield(life.member, { id })).state).toBe('ended');
});

test('what came late, and is planned anew while a reading that sees it is under way, is ours', async () => {
  const lost = await raisedAndLost();
  await cancel(life.member, { id: lost });
  await life.drain.run();
  await deliver();
  const id = await preview();
  betweenPages = async () => {
    await raise(life.member, { id });
    await life.drain.run();
  };
  await reread();
  await life.drain.run();
  expect(betweenPages).toBeNull();
  const { counts } = await getShield(life.member, { id });
  expect(counts).toMatchObject({ already: 0, pending: 0, done: counts.total });
  await undo(life.member, { id });
  await life.drain.run();
  expect(await ours()).toEqual([]);
});

test('what came late, after it was given up for refused, is done, and lifted with its shield', async () => {
  const harasser = await preview(false);
  await raise(life.member, { id: harasser });
  await life.drain.run();
  const id = await raisedAndLost();
  rejects = true;
  await resume(life.member, { id });
  for (let hour = 0; hour < 24; hour += 1) {
    await life.sandbox.control.advance(HOUR);
    await life.drain.run();
  }
  expect((await getShield(life.member, { id })).counts).toMatchObject({ total: 4, done: 1, failed: 3, pending: 0 });
  rejects = false;
  await deliver();
  await reread();
  expect((await getShield(life.member, { id })).counts).toMatchObject({ done: 4, failed: 0 });
  expect(await ours()).toHaveLength(4);
  await undo(life.member, { id });
  await life.drain.run();
  expect(await ours()).toHaveLength(1);
  await undo(life.member, { id: harasser });
  await life.drain.run();
  expect(await ours()).toEqual([]);
});

test('what came late, was seen while it was wanted, and is disconnected then, is lifted before the credentials go', async () => {
  await raisedAndLost();
  await deliver();
  await reread();
  await disconnect(life.member, { id: connectionId, blocks: 'now' });
  await life.drain.run();
  expect(await ours()).toEqual([]);
});
