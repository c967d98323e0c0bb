import { DAY, MINUTE, profileId } from '@secateur/base';
import { NetworkError } from '@secateur/networks/port';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allowSome } from '../exemptions/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { getPreview, lookForFriends } from './index.ts';

const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';
const handle = (name: string) => `${name}.sandbox.test`;
const FRIENDS = ['ann', 'ben', 'cem', 'dia'];
/** By so many of them each is followed. */
const CROWD = { wellknown: 4, known: 3, halfknown: 2, stranger: 0 };
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [
      { handle: ME, password: 'pass-word' },
      { handle: TROLL },
      ...[...FRIENDS, ...Object.keys(CROWD), 'elsewhere'].map((name) => ({ handle: handle(name) })),
    ],
  },
  { do: 'follow', account: ME, subject: FRIENDS.map(handle) },
  ...Object.entries(CROWD).flatMap(([name, many]): Command[] => [
    { do: 'follow', account: handle(name), subject: [TROLL] },
    ...FRIENDS.slice(0, many).map(
      (friend): Command => ({
        do: 'follow',
        account: handle(friend),
        subject: [handle(name)],
      }),
    ),
  ]),
  ...FRIENDS.map((friend): Command => ({ do: 'follow', account: handle(friend), subject: [handle('elsewhere')] })),
];

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let connectionId: string;
/** Whose server doesn't answer, how often, and in which way. */
let away: { nativeId: string; times: number; how: 'down' | 'untyped' | 'not_found' } = {
  nativeId: '',
  times: 0,
  how: 'down',
};
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({
    urls: database,
    world: WORLD,
    wrap: (port) => ({
      ...port,
      crowd: async (kind, ref, cursor) => {
        if (kind === 'following' && ref === away.nativeId && away.times-- > 0) throw new NetworkError(away.how);
        return port.crowd(kind, ref, cursor);
      },
    }),
  });
  connectionId = await life.connect(ME, 'pass-word');
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

async function previewed(): Promise<string> {
  const { id } = await life.preview({ query: TROLL, connectionIds: [connectionId] });
  await life.drain.run();
  return id;
}

const friendsOf = async (id: string) => (await getPreview(life.member, { id })).friends;
const idOf = async (name: string) => profileId('bluesky', (await life.sandbox.control.person(handle(name)))?.did ?? '');
const kept = async () => (await admin.query('SELECT count(*)::int AS n FROM people WHERE known_by > 0')).rows[0].n;
const KNOWN = [
  { handle: handle('wellknown'), knownBy: 4 },
  { handle: handle('known'), knownBy: 3 },
];

test('nobody is asked before a member wants it; then those of the crowd whom many follow are shown, and nobody is spared for it', async () => {
  const id = await previewed();
  expect(await friendsOf(id)).toEqual({ state: 'unasked', answered: 0, people: [] });
  expect(await kept()).toBe(0);
  const before = await getPreview(life.member, { id });
  await lookForFriends(life.member, { id });
  expect(await friendsOf(id)).toMatchObject({ state: 'looking' });
  await life.drain.run();
  expect(await friendsOf(id)).toMatchObject({ state: 'known', answered: 4, people: KNOWN });
  const { spared, toDo } = await getPreview(life.member, { id });
  expect({ spared, toDo }).toEqual({ spared: before.spared, toDo: before.toDo });
});

test('asking again within a week asks nobody, and nobody is counted twice; a reading that is begun anew begins at nothing', async () => {
  const id = await previewed();
  await lookForFriends(life.member, { id });
  await life.drain.run();
  expect(await friendsOf(id)).toMatchObject({ people: KNOWN });
  await admin.query(`UPDATE readings SET read_at = NULL WHERE kind = 'familiar'`);
  await lookForFriends(life.member, { id });
  await life.drain.run();
  expect(await friendsOf(id)).toMatchObject({ people: KNOWN });
});

test('reading one’s own people anew forgets none of them, and is not taken for following them', async () => {
  const id = await previewed();
  await admin.query(`UPDATE readings SET wake_at = $1 WHERE kind = 'people'`, [life.worker.clock.now()]);
  await life.drain.run();
  expect(await friendsOf(id)).toMatchObject({ people: KNOWN });
  expect((await getPreview(life.member, { id })).spared).toEqual([]);
});

test('whom a member spares of them is spared as anybody on the allow list, and shown no more', async () => {
  const id = await previewed();
  const stranger = await life.stranger();
  await expect(lookForFriends(stranger, { id })).rejects.toMatchObject({ problem: 'not_found' });
  await expect(allowSome(stranger, { profileIds: [await idOf('known')] })).rejects.toMatchObject({
    problem: 'not_found',
  });
  await allowSome(life.member, { profileIds: [await idOf('known')] });
  const view = await getPreview(life.member, { id });
  expect(view.friends?.people).toMatchObject([{ handle: handle('wellknown') }]);
  expect(view.sparedPeople).toMatchObject([{ handle: handle('known'), reason: 'allowed' }]);
});

test('after a week it is forgotten', async () => {
  const id = await previewed();
  await life.sandbox.control.advance(7 * DAY);
  await life.drain.run();
  expect(await kept()).toBe(0);
  expect(await friendsOf(id)).toMatchObject({ state: 'unasked', people: [] });
});

test.each([
  ['down', 2, 4],
  ['untyped', 4, 4],
  ['down', 1_000, 3],
  ['not_found', 1_000, 3],
] as const)(
  'one of them is %s %d times: who is away is asked again, and %d are said to have answered',
  async (how, times, answered) => {
    const id = await previewed();
    away = { nativeId: (await life.sandbox.control.person(handle('ann')))?.did ?? '', times, how };
    await admin.query(`UPDATE readings SET read_at = NULL WHERE kind = 'familiar'`);
    await lookForFriends(life.member, { id });
    await life.drain.run();
    expect(await friendsOf(id)).toMatchObject({ state: how === 'not_found' ? 'known' : 'looking' });
    for (let i = 0; i < 5; i++) {
      await life.sandbox.control.advance(2 * MINUTE);
      await life.drain.run();
    }
    const [known] = KNOWN;
    expect(await friendsOf(id)).toMatchObject({
      state: 'known',
      answered,
      people: [{ ...known, knownBy: answered }],
    });
  },
);
