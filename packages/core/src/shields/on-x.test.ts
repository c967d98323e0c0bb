import { DAY, MINUTE } from '@secateur/base';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConnections } from '../connections/index.ts';
import { getSpending, setSpendingCap } from '../spending/index.ts';
import { nextMonth } from '../spending/policy/index.ts';
import { connectByConsent, type Life, startLife } from '../testing/index.ts';
import { getPreview, getShield, raise } from './index.ts';

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

test('an account is let in by consent, to mute and to nothing else', async () => {
  const [connection] = await listConnections(life.member);
  expect(connection).toMatchObject({ network: 'x', handle: 'me', state: 'ready', rights: ['mute'] });
});

test('a shield of mutes on X: up to the cap, on with the next month, and lifted when its time is up', async () => {
  // What signing in cost is the installation's.
  const before = await charged();
  const { sources } = { sources: [{ kind: 'followers' as const, network: 'x' as const, query: '@loud' }] };
  const { id } = await life.preview({ sources, connectionIds: [connectionId], action: 'mute', hold: '30d' });
  await life.drain.run();
  expect(await charged()).toBe(before);
  expect((await getPreview(life.member, { id })).sources).toMatchObject([{ problem: 'spending_cap' }]);

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
  expect(await getPreview(life.member, { id: elsewhere })).toMatchObject({ problem: null, listed: 6 });
});
