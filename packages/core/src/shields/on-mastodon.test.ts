import { DAY, HOUR, MINUTE } from '@secateur/base';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConnections } from '../connections/index.ts';
import { connectByConsent, type Life, startLife } from '../testing/index.ts';
import { getPreview, getShield, lookForFriends, raise, undo } from './index.ts';

const ME = 'me@harbour';
const LOUD = 'loud@quarrel';
const CROWD = 150;
const password = 'a-password';

let database: TestDatabase;
let life: Life;
let connectionId: string;
let loud: string;
let crowd: string[];
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({
    urls: database,
    world: [
      {
        do: 'add-fedi-accounts',
        accounts: [
          { server: 'harbour', username: 'me', password },
          { server: 'quarrel', username: 'loud', followers: CROWD },
          { server: 'quarrel', username: 'shy', followers: 30, hidesLists: true },
        ],
      },
    ],
  });
  const { control } = life.sandbox;
  const me = await control.fediverse.person(ME);
  loud = (await control.fediverse.person(LOUD)).handle;
  crowd = (await control.fediverse.followers(LOUD, 0, CROWD)).map(({ nativeId }) => nativeId);
  await control.perform(
    { do: 'fedi-follow', account: ME, subject: crowd.slice(0, 3) },
    { do: 'fedi-block', account: ME, subject: crowd.slice(3, 5) },
  );
  await connectByConsent(life, { handle: me.handle, password });
  connectionId = String((await listConnections(life.member))[0]?.id);
});
afterAll(async () => {
  await life.close();
  await database.close();
});

const held = async (by: 'app' | 'hand', what: 'blocks' | 'mutes' = 'blocks') =>
  (await life.sandbox.control.fediverse.held(ME))[what].filter((one) => one.by === by).map((one) => one.nativeId);

/** Lets time pass until nothing more comes of it. */
async function pass(ms: number, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) {
    await life.sandbox.control.advance(ms);
    await life.drain.run();
  }
}

async function previewed(query: string, more: Partial<Parameters<Life['preview']>[0]> = {}) {
  const { id } = await life.preview({ query, connectionIds: [connectionId], hold: '7d', ...more });
  await life.drain.run();
  return { id, view: await getPreview(life.member, { id }) };
}

test('a crowd on another server is blocked, own people and hand-made blocks stay, and in the end exactly ours are gone', async () => {
  const { id, view } = await previewed(`@${loud}`);
  expect(view).toMatchObject({ state: 'ready', problem: null, listed: CROWD + 1, already: 2, toDo: CROWD - 4 });
  expect(view.networks).toMatchObject([{ network: 'mastodon', public: false, endsFollows: true }]);
  expect(view.sources.map(({ untold }) => untold)).toEqual([0, 0]);
  expect(view.sparedPeople).toHaveLength(3);
  expect(await held('app')).toEqual([]);

  await raise(life.member, { id });
  await life.drain.run();
  const begun = await getShield(life.member, { id });
  expect(begun).toMatchObject({ state: 'acting', waiting: { why: 'budget' }, public: false });
  await pass(6 * MINUTE, 3);
  const shield = await getShield(life.member, { id });
  expect(shield).toMatchObject({ state: 'holding', problem: null });
  expect(shield.counts).toMatchObject({ spared: 3, already: 2, pending: 0, failed: 0, done: CROWD - 4 });
  expect(await held('app')).toHaveLength(CROWD - 4);
  expect(new Set(await held('hand'))).toEqual(new Set(crowd.slice(3, 5)));
  for (const friend of crowd.slice(0, 3)) expect(await held('app')).not.toContain(friend);

  await pass(8 * DAY);
  await pass(6 * MINUTE, 4);
  expect(await getShield(life.member, { id })).toMatchObject({ state: 'ended' });
  expect(await held('app')).toEqual([]);
  expect(await held('hand')).toHaveLength(2);
});

test('who follows the harasser later, from a third server, is blocked within the hour', async () => {
  const { control } = life.sandbox;
  await control.perform({
    do: 'add-fedi-accounts',
    accounts: [
      { server: 'quarrel', username: 'rude', followers: 3 },
      { server: 'attic', username: 'late' },
    ],
  });
  const { handle } = await control.fediverse.person('rude@quarrel');
  const { id, view } = await previewed(`@${handle}`, { keepUp: true });
  expect(view).toMatchObject({ keepUp: 'yes' });
  await raise(life.member, { id });
  await pass(6 * MINUTE);
  expect(await getShield(life.member, { id })).toMatchObject({ state: 'holding', counts: { done: 4 } });
  const late = await control.fediverse.person('late@attic');
  await control.perform({
    do: 'fedi-follow',
    account: 'late@attic',
    subject: [(await control.fediverse.person('rude@quarrel')).nativeId],
  });
  await pass(HOUR);
  await pass(6 * MINUTE);
  expect(await held('app')).toContain(late.nativeId);
  expect(await getShield(life.member, { id })).toMatchObject({ keeping: { came: 1 }, counts: { done: 5, pending: 0 } });
  await undo(life.member, { id });
  await pass(6 * MINUTE, 2);
  expect(await held('app')).toEqual([]);
});

test('a shield of mutes is undone at once, and a mute has an end of its own should nobody come back', async () => {
  const { id } = await previewed(`@${loud}`, { action: 'mute', includeFollowers: false });
  await raise(life.member, { id });
  await life.drain.run();
  const { mutes } = await life.sandbox.control.fediverse.held(ME);
  expect(mutes).toHaveLength(1);
  expect(mutes[0]?.until).toBeGreaterThan(life.sandbox.clock.now().getTime() + 7 * DAY);
  await undo(life.member, { id });
  await pass(6 * MINUTE, 2);
  expect((await life.sandbox.control.fediverse.held(ME)).mutes).toEqual([]);
});

test('of a crowd that its server hides it is said how many can’t be covered', async () => {
  const { handle } = await life.sandbox.control.fediverse.person('shy@quarrel');
  const { view } = await previewed(handle);
  expect(view).toMatchObject({ state: 'ready', listed: 1 });
  expect(view.sources.map(({ untold }) => untold)).toEqual([0, 30]);
});

test('oneself is not shielded against, and a shield needs an account where its source is', async () => {
  const { handle } = await life.sandbox.control.fediverse.person(ME);
  expect((await previewed(handle)).view).toMatchObject({ problem: 'yourself' });
  await life.sandbox.control.addAccounts([{ handle: 'me.sandbox.test', password }]);
  const other = await life.connect('me.sandbox.test', password);
  const there = { query: `@${loud}`, connectionIds: [other] };
  await expect(life.preview(there)).rejects.toMatchObject({ problem: 'no_account_there' });
});

test('with whom one talked is spared there too; where a server shows strangers no posts it is said, and nothing waits for it', async () => {
  const { control } = life.sandbox;
  await control.perform(
    { do: 'add-fedi-accounts', accounts: [{ server: 'cellar', username: 'hidden', password }] },
    { do: 'fedi-post', account: ME, mentions: [crowd[10] ?? ''] },
    { do: 'fedi-post', account: ME, mentions: [crowd[11] ?? ''], visibility: 'direct' },
    { do: 'fedi-post', account: crowd[12] ?? '', mentions: [ME] },
  );
  const { view } = await previewed(`@${loud}`, { forTalked: 'spare' });
  expect(view).toMatchObject({ peopleKnown: true, talksUntold: [] });
  const talked = view.sparedPeople.filter(({ reason }) => reason === 'talked');
  const partner = (await control.fediverse.followers(LOUD, 10, 1))[0];
  expect(talked.map(({ handle }) => handle)).toEqual([partner?.handle]);

  const hidden = await control.fediverse.person('hidden@cellar');
  await connectByConsent(life, { handle: hidden.handle, password });
  const other = (await listConnections(life.member)).find(({ handle }) => handle === hidden.handle);
  const there = await previewed(`@${loud}`, { forTalked: 'spare', connectionIds: [String(other?.id)] });
  expect(there.view).toMatchObject({ peopleKnown: true, talksUntold: [hidden.handle] });
  expect(there.view.sparedPeople).toEqual([]);
});

test('friends of friends are counted where those whom one follows live; who shows strangers nothing is passed over', async () => {
  const { control } = life.sandbox;
  const friends = ['harbour', 'quarrel', 'attic', 'cellar'].map((server) => ({ server, username: 'friend' }) as const);
  const names = friends.map(({ server, username }) => `${username}@${server}`);
  await control.perform(
    { do: 'add-fedi-accounts', accounts: friends },
    { do: 'fedi-follow', account: ME, subject: names },
    ...names.map((account) => ({ do: 'fedi-follow' as const, account, subject: [crowd[30] ?? ''] })),
  );
  // What is known of one's own people is younger than that otherwise.
  await pass(20 * MINUTE);
  const { id, view } = await previewed(`@${loud}`);
  expect(view.friends).toMatchObject({ state: 'unasked' });
  await lookForFriends(life.member, { id });
  await pass(MINUTE, 3);
  const known = (await control.fediverse.followers(LOUD, 30, 1))[0];
  expect((await getPreview(life.member, { id })).friends).toMatchObject({
    state: 'known',
    people: [{ handle: known?.handle, knownBy: 3 }],
  });
});
