import { DAY } from '@secateur/base';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { raise } from '../shields/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { getStanding } from './index.ts';

const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [
      { handle: ME, password: 'pass-word' },
      { handle: TROLL, followers: 3 },
      { handle: 'other.sandbox.test' },
    ],
  },
  { do: 'block', account: ME, subject: ['other.sandbox.test'] },
];

let database: TestDatabase;
let life: Life;
let id: string;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: WORLD });
  id = await life.connect(ME, 'pass-word');
});
afterAll(async () => {
  await life.close();
  await database.close();
});

const blocks = async () => (await getStanding(life.member, { id })).find(({ action }) => action === 'block');

test('what is ours, what is by hand, and what was let go by hand are told apart as they were last read', async () => {
  const shield = await life.preview({ query: TROLL, connectionIds: [id], hold: 'forever' });
  await life.drain.run();
  await raise(life.member, shield);
  await life.drain.run();
  expect(await blocks()).toMatchObject({ ours: 4, hand: 1, both: 0, undone: 0, overdue: 0, problem: null });
  await life.sandbox.control.perform(
    { do: 'unblock', account: ME, subject: `${TROLL}#1` },
    { do: 'block', account: ME, subject: `${TROLL}#2`, beside: true },
  );
  await life.sandbox.control.advance(1.1 * DAY);
  await life.drain.run();
  const after = await blocks();
  expect(after).toMatchObject({ ours: 3, hand: 1, both: 1, undone: 1, again: 1, overdue: 0 });
  expect(after?.readAt?.getTime()).toBeGreaterThan(life.worker.clock.now().getTime() - DAY);
});

test('a stranger is told nothing', async () => {
  await expect(getStanding(await life.stranger(), { id })).rejects.toThrow('not_found');
});
