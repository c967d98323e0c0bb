import { DAY, HOUR } from '@secateur/base';
import { NetworkError, type NetworkPort } from '@secateur/networks/port';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Life, startLife } from '../testing/index.ts';
import { getShield, listTargets, pause, raise, resume, undo, undoTarget } from './index.ts';

const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [
      { handle: ME, password: 'pass-word' },
      { handle: TROLL, followers: 5 },
    ],
  },
];

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let connectionId: string;
/** What happens while the next write is under way, which then comes to nothing. */
let meanwhile: (() => Promise<void>) | null = null;
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: WORLD, wrap: interrupted });
  connectionId = await life.connect(ME, 'pass-word');
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

function interrupted(port: NetworkPort): NetworkPort {
  return {
    ...port,
    actFor(credentials, renewal) {
      const account = port.actFor(credentials, renewal);
      return {
        ...account,
        async relations(others) {
          const now = meanwhile;
          meanwhile = null;
          if (!now) return account.relations(others);
          await now();
          throw new NetworkError('down');
        },
      };
    },
  };
}

type Input = Partial<Parameters<Life['preview']>[0]>;
/** Raises a shield; nothing has been planned yet. */
async function order(input: Input = {}): Promise<string> {
  const { id } = await life.preview({ query: TROLL, connectionIds: [connectionId], hold: 'forever', ...input });
  await life.drain.run();
  await raise(life.member, { id });
  return id;
}

/** Raises two over the same crowd, both planned, and nothing sent yet. */
async function bothPlanned(): Promise<[string, string]> {
  const ids: string[] = [];
  for (let n = 0; n < 2; n += 1) {
    const { id } = await life.preview({ query: TROLL, connectionIds: [connectionId], hold: 'forever' });
    ids.push(id);
  }
  await life.drain.run();
  for (const id of ids) await raise(life.member, { id });
  for (const _ of ids) await life.drain.step();
  raisedHere.push(...ids);
  for (const id of ids)
    expect((await getShield(life.member, { id })).counts).toMatchObject({ pending: expect.any(Number), done: 0 });
  const [first = '', second = ''] = ids;
  return [first, second];
}

async function ours(): Promise<number> {
  const repos = await life.sandbox.control.records('app.bsky.graph.block', ME);
  return repos.flatMap((r) => r.records.filter((record) => record.by === 'app')).length;
}

async function reread(): Promise<void> {
  await life.sandbox.control.advance(1.1 * DAY);
  await life.drain.run();
}

const raisedHere: string[] = [];
afterEach(async () => {
  for (const id of raisedHere.splice(0)) await undo(life.member, { id }).catch(() => {});
  await life.drain.run();
  await life.sandbox.control.perform({ do: 'unblock', account: ME, subject: TROLL });
  await reread();
  expect(await ours()).toBe(0);
});

test('what a shield that is undone shares with a paused one waits for that one', async () => {
  const [first, second] = await bothPlanned();
  await pause(life.member, { id: second });
  await undo(life.member, { id: first });
  await life.drain.run();
  expect(await ours()).toBe(0);
  await resume(life.member, { id: second });
  await life.drain.run();
  expect(await ours()).toBeGreaterThan(1);
  expect((await getShield(life.member, { id: second })).counts).toMatchObject({ pending: 0, done: await ours() });
});

test('what one target of a shield is undone for changes nothing for its others that a paused one covers too', async () => {
  const [first, second] = await bothPlanned();
  await pause(life.member, { id: first });
  const { items } = await listTargets(life.member, { id: second, filter: 'all', after: null });
  const [one] = items.filter((target) => target.handle !== TROLL);
  if (!one) throw new Error('nobody to undo');
  await undoTarget(life.member, { id: second, accountId: one.accountId, profileId: one.profileId });
  await life.drain.run();
  expect((await getShield(life.member, { id: second })).counts).toMatchObject({
    pending: 0,
    over: 1,
    done: items.length - 1,
  });
  expect(await ours()).toBe(items.length - 1);
  await resume(life.member, { id: first });
  await life.drain.run();
  expect(await ours()).toBe(items.length);
});

test('a shield that goes on takes over what waits under one that stands still', async () => {
  const [first, second] = await bothPlanned();
  await pause(life.member, { id: first });
  await pause(life.member, { id: second });
  await resume(life.member, { id: first });
  await life.drain.run();
  expect(await ours()).toBeGreaterThan(1);
  expect((await getShield(life.member, { id: first })).counts).toMatchObject({ pending: 0, done: await ours() });
});

test('what comes back to a shield that was paused meanwhile takes its turn under one that goes on', async () => {
  const [first, second] = await bothPlanned();
  meanwhile = () => pause(life.member, { id: first });
  await life.drain.run();
  expect(meanwhile).toBeNull();
  await life.sandbox.control.advance(HOUR);
  await life.drain.run();
  expect(await ours()).toBeGreaterThan(1);
  expect((await getShield(life.member, { id: second })).counts).toMatchObject({ pending: 0, done: await ours() });
});

test('an ended shield is none of a later one’s business', async () => {
  await life.sandbox.control.perform({ do: 'block', account: ME, subject: TROLL });
  await reread();
  const first = await order({ hold: '1d', includeFollowers: false });
  await life.drain.run();
  expect(await getShield(life.member, { id: first })).toMatchObject({ state: 'ended', counts: { already: 1 } });
  await life.sandbox.control.perform({ do: 'unblock', account: ME, subject: TROLL });
  await reread();
  const second = await order({ hold: '7d' });
  raisedHere.push(second);
  await life.drain.run();
  expect(await ours()).toBeGreaterThan(1);
  expect(await getShield(life.member, { id: first })).toMatchObject({
    state: 'ended',
    counts: { already: 1, done: 0 },
  });
  const [troll] = (await listTargets(life.member, { id: first, filter: 'all', after: null })).items;
  expect(troll).toMatchObject({ outcome: 'never_done', confirmedAt: null });
  const { done, pending } = (await getShield(life.member, { id: second })).counts;
  expect({ done, pending }).toEqual({ done: await ours(), pending: 0 });
});

test('who was blocked by hand and is not any more, is left alone by the shield that found it so', async () => {
  await life.sandbox.control.perform({ do: 'block', account: ME, subject: TROLL });
  await reread();
  const first = await order();
  await life.drain.run();
  raisedHere.push(first);
  const made = await ours();
  expect((await getShield(life.member, { id: first })).counts).toMatchObject({ already: 1, done: made });
  await life.sandbox.control.perform({ do: 'unblock', account: ME, subject: TROLL });
  await reread();
  const counts = { already: 0, pending: 0, over: 1, done: made };
  expect((await getShield(life.member, { id: first })).counts).toMatchObject(counts);
  const second = await order();
  raisedHere.push(second);
  await life.drain.run();
  expect((await getShield(life.member, { id: first })).counts).toMatchObject(counts);
  expect((await getShield(life.member, { id: second })).counts).toMatchObject({ pending: 0, done: made + 1 });
  expect(await ours()).toBe(made + 1);
});
