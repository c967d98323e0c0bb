import { DAY, HOUR, profileId } from '@secateur/base';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getShield, raise } from '../shields/index.ts';
import { type Life, startLife } from '../testing/index.ts';

const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';
const WORLD: Command[] = [{ do: 'add-accounts', accounts: [{ handle: ME, password: 'pass-word' }, { handle: TROLL }] }];

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let connectionId: string;
let account: string;
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: WORLD });
  connectionId = await life.connect(ME, 'pass-word');
  account = profileId('bluesky', (await life.sandbox.control.person(ME))?.did ?? '');
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

async function raised(action: 'block' | 'mute'): Promise<string> {
  const { id } = await life.preview({
    query: TROLL,
    connectionIds: [connectionId],
    hold: '1d',
    action,
    includeFollowers: false,
  });
  await life.drain.run();
  await raise(life.member, { id });
  await life.drain.run();
  return id;
}

async function records(): Promise<number> {
  const repos = await life.sandbox.control.records('app.bsky.graph.block', ME);
  return repos.reduce((sum, repo) => sum + repo.records.length, 0);
}

/** The account's whole hour is spent, by whatever. */
async function spendAll(): Promise<void> {
  const now = life.sandbox.clock.now();
  await admin.query(`INSERT INTO budget_spends (scope, bucket, points) VALUES ($1, $2, 3750)`, [
    `account:${account}`,
    new Date(Math.floor(now.getTime() / 300_000) * 300_000),
  ]);
}

test('a lift that the budget does not allow waits for it, and the shield says so', async () => {
  const id = await raised('block');
  await life.sandbox.control.advance(1.2 * DAY);
  await spendAll();
  await life.drain.run();
  expect(await records()).toBe(1);
  expect((await getShield(life.member, { id })).waiting).toMatchObject({ why: 'budget' });
  await life.sandbox.control.advance(2 * HOUR);
  await life.drain.run();
  expect(await records()).toBe(0);
  expect(await getShield(life.member, { id })).toMatchObject({ state: 'ended', waiting: null });
});

test('a mute, which costs nothing, is lifted although the budget is spent', async () => {
  const id = await raised('mute');
  await life.sandbox.control.advance(1.2 * DAY);
  await spendAll();
  await life.drain.run();
  expect(await life.sandbox.control.mutes(ME)).toEqual([]);
  expect((await getShield(life.member, { id })).state).toBe('ended');
});

test('a mute that can not be lifted is tried again after a while, and the shield says so', async () => {
  const id = await raised('mute');
  await life.sandbox.control.addFault({ kind: '500', method: 'app.bsky.graph.unmuteActor' });
  await life.sandbox.control.advance(1.2 * DAY);
  await life.drain.run();
  expect(await life.sandbox.control.mutes(ME)).toHaveLength(1);
  const { requests } = await life.sandbox.control.counters();
  expect(requests['app.bsky.graph.unmuteActor']).toBeLessThan(10);
  expect((await getShield(life.member, { id })).waiting).not.toBeNull();
  await life.sandbox.control.clearFaults();
  await life.sandbox.control.advance(HOUR);
  await life.drain.run();
  expect(await life.sandbox.control.mutes(ME)).toEqual([]);
});
