import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Life, startLife } from '../testing/index.ts';
import { getShield, raise, undo } from './index.ts';

const ME = 'me.sandbox.test';
const FIRST = 'first.sandbox.test';
const SECOND = 'second.sandbox.test';
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [{ handle: ME, password: 'pass-word' }, { handle: FIRST }, { handle: SECOND, followers: 3 }],
  },
  { do: 'follow', account: FIRST, subject: [SECOND] },
];

let database: TestDatabase;
let life: Life;
let connectionId: string;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: WORLD });
  connectionId = await life.connect(ME, 'pass-word');
});
afterAll(async () => {
  await life.close();
  await database.close();
});

type Wanted = { query: string; includeFollowers: boolean };

/** Shields that are planned, and nothing sent. */
async function planned(...wanted: Wanted[]): Promise<string[]> {
  const ids: string[] = [];
  for (const one of wanted) {
    const { id } = await life.preview({ ...one, connectionIds: [connectionId], hold: 'forever' });
    ids.push(id);
  }
  await life.drain.run();
  for (const id of ids) await raise(life.member, { id });
  for (const _ of ids) await life.drain.step();
  return ids;
}

const NAMING: Wanted = { query: FIRST, includeFollowers: false };
const CROWD: Wanted = { query: SECOND, includeFollowers: true };

async function counts(id: string) {
  return (await getShield(life.member, { id })).counts;
}

test('who was named by a shield that is over is not named by the next one', async () => {
  const [over = ''] = await planned(NAMING);
  await life.drain.run();
  expect(await counts(over)).toMatchObject({ done: 1 });
  await undo(life.member, { id: over });
  await life.drain.run();

  const [id = ''] = await planned(CROWD);
  expect(await counts(id)).toMatchObject({ pending: 5, spared: 0 });
  await life.sandbox.control.perform({ do: 'follow', account: FIRST, subject: [ME] });
  await life.drain.run();
  expect(await counts(id)).toMatchObject({ done: 4, spared: 1 });
  await life.sandbox.control.perform({ do: 'unfollow', account: FIRST, subject: [ME] });
  await undo(life.member, { id });
  await life.drain.run();
});

test('who is named by a shield that goes on is not spared by it, because another has them in its crowd', async () => {
  const [crowd = '', naming = ''] = await planned(CROWD, NAMING);
  await life.sandbox.control.perform({ do: 'follow', account: FIRST, subject: [ME] });
  await life.drain.run();
  expect(await counts(naming)).toMatchObject({ done: 1, spared: 0 });
  expect(await counts(crowd)).toMatchObject({ done: 4, spared: 1 });
});
