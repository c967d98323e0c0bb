import { DAY, MINUTE } from '@secateur/base';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConnections } from '../connections/index.ts';
import { getSpending, setSpendingCap } from '../spending/index.ts';
import { nextMonth } from '../spending/policy/index.ts';
import { connectByConsent, type Life, startLife } from '../testing/index.ts';
import { getPreview, getShield, raise, takePreparedList } from './index.ts';

const CROWD = 60;
const password = 'a-password';
/** Asked about, muted, unmuted: in cents. */
const EACH = 3;

let database: TestDatabase;
let life: Life;
let connectionId: string;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({
    urls: database,
    world: [
      {
        do: 'add-x-accounts',
        accounts: [
          { username: 'me', password },
          { username: 'loud', followers: CROWD },
        ],
      },
      { do: 'x-follow', account: 'me', subject: ['loud#1', 'loud#2'] },
      { do: 'x-mute', account: 'me', subject: 'loud#3' },
    ],
  });
  await connectByConsent(life, { handle: 'me', password });
  connectionId = String((await listConnections(life.member))[0]?.id);
});
afterAll(async () => {
  await life.close();
  await database.close();
});

const mutes = async (by: 'app' | 'hand') =>
  (await life.sandbox.control.x.held('me')).mutes.filter((one) => one.by === by).length;
const charged = async () => (await life.sandbox.control.x.app()).spent;
async function pass(ms: number, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) {
    await life.sandbox.control.advance(ms);
    await life.drain.run();
  }
}

async function whole({ chunks }: { chunks: AsyncIterable<string> }): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

test('an account is let in by consent, to mute and to nothing else', async () => {
  const [connection] = await listConnections(life.member);
  expect(connection).toMatchObject({ network: 'x', handle: 'me', state: 'ready', rights: ['mute'] });
});

test('a shield of mutes on X: up to the cap, on with the next month, and lifted when its time is up', async () => {
  // What signing in cost is the installation's.
  const before = await charged();
  const sources = [{ kind: 'followers' as const, network: 'x' as const, query: '@loud' }];
  const { id } = await life.preview({ sources, connectionIds: [connectionId], action: 'mute', hold: '30d' });
  await life.drain.run();
  expect(await charged()).toBe(before);
  expect((await getPreview(life.member, { id })).sources).toMatchObject([{ problem: 'spending_cap' }]);

  await expect(takePreparedList(life.member, { id, form: 'ids' })).rejects.toMatchObject({ problem: 'not_ready' });

  await setSpendingCap(life.member, { cents: 500 });
  await pass(MINUTE, 3);
  const view = await getPreview(life.member, { id });
  expect(view).toMatchObject({ problem: null, listed: CROWD, peopleKnown: true, already: 1 });
  expect(view.sparedPeople).toHaveLength(2);
  const port = life.worker.networks.x;
  const mute = port?.abilities.mute?.price;
  if (!port || !mute) throw new Error('no X');
  const { cap: allowed, spent: soFar } = await getSpending(life.member);
  const each = port.prices.relation + mute.apply + mute.lift;
  expect(view.money).toEqual({ most: view.toDo * each, left: allowed - soFar });

  // The same people without those who are spared, for an extension; whom one muted already it may block.
  const { control } = life.sandbox;
  const meant = (await control.x.followers('loud', 0, CROWD)).map((one) => one.nativeId);
  const spared = new Set([meant[1], meant[2]]);
  const taken = await whole(await takePreparedList(life.member, { id, form: 'ids' }));
  expect(taken.trimEnd().split('\n').toSorted()).toEqual(meant.filter((one) => !spared.has(one)).toSorted());
  const list = JSON.parse(await whole(await takePreparedList(life.member, { id, form: 'blue_blocker' })));
  expect(list).toHaveLength(CROWD - 2);
  const viewer = { ...life.member, actor: { ...life.member.actor, role: 'viewer' as const } };
  await expect(takePreparedList(viewer, { id, form: 'ids' })).rejects.toMatchObject({ problem: 'not_allowed' });
  const other = await life.stranger();
  await expect(takePreparedList(other, { id, form: 'ids' })).rejects.toMatchObject({ problem: 'not_found' });

  const read = (await getSpending(life.member)).spent;
  // Never less than X charged, which charges for nobody twice a day.
  expect(read).toBeGreaterThanOrEqual((await charged()) - before);

  // Enough for ten.
  await setSpendingCap(life.member, { cents: Math.ceil(read / 10_000) + 10 * (EACH + 1) });
  await raise(life.member, { id });
  await life.drain.run();
  await pass(16 * MINUTE, 2);
  const stopped = await getShield(life.member, { id });
  expect(stopped.waiting).toEqual({ why: 'spending', until: nextMonth(life.worker.clock.now()) });
  const some = await mutes('app');
  expect(some).toBeGreaterThan(5);
  expect(some).toBeLessThan(CROWD - 3);
  const { cap, spent } = await getSpending(life.member);
  expect(spent).toBeLessThanOrEqual(cap);
  expect((await charged()) - before).toBeLessThanOrEqual(spent);

  await setSpendingCap(life.member, { cents: 5_000 });
  await pass(16 * MINUTE, 3);
  expect(await mutes('app')).toBe(CROWD - 3);
  expect(await mutes('hand')).toBe(1);

  await setSpendingCap(life.member, { cents: 0 });
  await pass(32 * DAY);
  await pass(16 * MINUTE, 4);
  expect(await getShield(life.member, { id })).toMatchObject({ state: 'ended' });
  expect(await mutes('app')).toBe(0);
  expect(await mutes('hand')).toBe(1);
});

test('a list whose own people were read too long ago has them read anew, and is there then', async () => {
  await setSpendingCap(life.member, { cents: 10_000 });
  const sources = [{ kind: 'followers' as const, network: 'x' as const, query: '@loud' }];
  const { id } = await life.preview({ sources, connectionIds: [connectionId], action: 'mute' });
  await life.drain.run();
  const take = async () =>
    (await whole(await takePreparedList(life.member, { id, form: 'ids' }))).trimEnd().split('\n');
  expect(await take()).toHaveLength(CROWD - 2);
  const { control } = life.sandbox;
  const [friend] = await control.x.followers('loud', 7, 1);
  await control.perform({ do: 'x-follow', account: 'me', subject: 'loud#7' });
  await control.advance(20 * MINUTE);
  await expect(take()).rejects.toMatchObject({ problem: 'not_ready' });
  await life.drain.run();
  const later = await take();
  expect(later).toHaveLength(CROWD - 3);
  expect(later).not.toContain(friend?.nativeId);
});

test('without credit at X it waits for whoever runs this, and other networks go on', async () => {
  await setSpendingCap(life.member, { cents: 5_000 });
  await life.sandbox.control.perform({ do: 'x-app', credit: 0 });
  const sources = [{ kind: 'account' as const, network: 'x' as const, query: '@loud' }];
  const { id } = await life.preview({ sources, connectionIds: [connectionId], action: 'mute' });
  await life.drain.run();
  expect((await getPreview(life.member, { id })).sources).toMatchObject([{ problem: 'network_unpaid' }]);
  await life.sandbox.control.addAccounts([
    { handle: 'me.sandbox.test', password },
    { handle: 'loud.sandbox.test', followers: 5 },
  ]);
  const other = await life.connect('me.sandbox.test', password);
  const { id: elsewhere } = await life.preview({ query: 'loud.sandbox.test', connectionIds: [other] });
  await life.drain.run();
  const nowhere = takePreparedList(life.member, { id: elsewhere, form: 'ids' });
  await expect(nowhere).rejects.toMatchObject({ problem: 'not_supported' });
  expect(await getPreview(life.member, { id: elsewhere })).toMatchObject({ problem: null, listed: 6 });
});
