import { HOUR, MINUTE } from '@secateur/base';
import { type FaultKind, type Sandbox, startSandbox, visitSandbox, X_APP, X_SIGN_IN_APP } from '@secateur/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { refusal } from '../contract/acting.ts';
import { keeping } from '../contract/index.ts';
import type { ActingAccount, Credentials, NetworkPort } from '../port.ts';
import { createX } from './index.ts';

const BEGAN = Date.UTC(2026, 10, 21, 12);
let sandbox: Sandbox;
let port: ReturnType<typeof createX>;
let credentials: Credentials;
let account: ActingAccount;
let crowd: string[];
let loud: string;

const asked: { host: string; narrow: boolean }[] = [];

function portOf(more: Partial<Parameters<typeof createX>[0]> = {}) {
  const gateOf = (narrow: boolean) => ({
    pass: async (host: string) => {
      asked.push({ host, narrow });
    },
  });
  return createX({
    app: X_APP,
    signInApp: X_SIGN_IN_APP,
    enterprise: false,
    gate: gateOf(false),
    narrowGate: gateOf(true),
    allowLoopback: true,
    apiUrl: sandbox.url,
    siteUrl: sandbox.url,
    clock: sandbox.clock,
    appUrl: 'http://localhost:3420',
    ...more,
  });
}

async function signIn(to: NetworkPort, username: string): Promise<Credentials> {
  if (to.oauth === null) throw new Error('no OAuth');
  const { url, secret } = await to.oauth.begin(username, ['block', 'mute']);
  const answer = await visitSandbox(url, { handle: username, password: 'secret' });
  return (await to.oauth.finish(secret, answer)).credentials;
}

const mute = (nativeId = crowd[0] ?? '') => account.apply('mute', [{ nativeId, key: null }], null, new Date(BEGAN));
const unmute = (nativeId = crowd[0] ?? '') => account.lift('mute', [{ nativeId, key: null }], null);
const muted = async () => (await sandbox.control.x.held('victim')).mutes.map((one) => one.nativeId);

beforeAll(async () => {
  sandbox = await startSandbox({ world: 'empty', seed: 'faults', time: () => BEGAN });
  await sandbox.control.perform({
    do: 'add-x-accounts',
    accounts: [
      { username: 'loud', followers: 60 },
      { username: 'quiet', followers: 5, protected: true },
      { username: 'victim', password: 'secret' },
      { username: 'friend' },
    ],
  });
  port = portOf();
  loud = (await sandbox.control.x.person('loud')).nativeId;
  crowd = (await sandbox.control.x.followers('loud', 0, 60)).map((one) => one.nativeId);
});
afterAll(async () => {
  await port.close();
  await sandbox.close();
});
beforeEach(async () => {
  await sandbox.control.clearFaults();
  await sandbox.control.perform({ do: 'x-app', credit: null }, { do: 'x-status', account: 'victim', status: 'active' });
  // A window of its own for each.
  await sandbox.control.advance(HOUR);
  credentials = await signIn(port, 'victim');
  account = port.actFor(credentials, keeping(credentials).renewal);
});

describe('what X answers to a write', () => {
  const now = () => sandbox.clock.now().getTime();
  test.each<[FaultKind, { problem: string; uncertain: boolean }]>([
    ['unpaid', { problem: 'unpaid', uncertain: false }],
    ['usage-capped', { problem: 'capped', uncertain: false }],
    ['spend-capped', { problem: 'capped', uncertain: false }],
    ['not-enrolled', { problem: 'no_access', uncertain: false }],
    ['429', { problem: 'limited', uncertain: false }],
    ['500', { problem: 'untyped', uncertain: true }],
    ['502', { problem: 'down', uncertain: true }],
    ['503', { problem: 'down', uncertain: true }],
    ['html', { problem: 'down', uncertain: true }],
    ['proxy-page', { problem: 'down', uncertain: false }],
    ['token-revoked', { problem: 'unauthorized', uncertain: false }],
  ])('%s', async (kind, expected) => {
    await sandbox.control.addFault({ kind, method: 'x/users/muting/create' });
    expect(await refusal(mute())).toMatchObject(expected);
    expect(await muted()).toEqual([]);
  });

  test('a rate limit is over at its reset, a monthly cap when the next month begins, no credit nobody knows when', async () => {
    const untilOf = async (kind: FaultKind) => {
      await sandbox.control.clearFaults();
      await sandbox.control.addFault({ kind, method: 'x/users/muting/create', retryAfterSeconds: 420 });
      return (await refusal(mute())).until;
    };
    expect((await untilOf('429'))?.getTime()).toBe(now() + 420_000);
    expect((await untilOf('usage-capped'))?.toISOString()).toBe('2026-12-01T00:00:00.000Z');
    expect((await untilOf('spend-capped'))?.toISOString()).toBe('2026-12-01T00:00:00.000Z');
    expect(await untilOf('unpaid')).toBeNull();
  });

  test('done and then cut off is uncertain, and repeating it does no harm', async () => {
    await sandbox.control.addFault({ kind: 'applied-then-reset', method: 'x/users/muting/create', count: 1 });
    expect(await refusal(mute())).toMatchObject({ problem: 'down', uncertain: true });
    expect(await muted()).toEqual([crowd[0]]);
    await mute();
    expect(await muted()).toEqual([crowd[0]]);
    await unmute();
    expect(await muted()).toEqual([]);
  });

  test('an access token that X no longer takes is renewed, and the write made once', async () => {
    await sandbox.control.addFault({ kind: 'expired-token', method: 'x/users/muting/create', count: 1 });
    await mute();
    expect(await muted()).toEqual([crowd[0]]);
    await unmute();
  });

  test('a person whom X does not want touched is told from an account that is locked', async () => {
    await sandbox.control.perform({ do: 'x-status', account: 'loud#3', status: 'suspended' });
    expect(await refusal(mute(crowd[3]))).toMatchObject({ problem: 'rejected', uncertain: false });
    await sandbox.control.perform({ do: 'x-status', account: 'victim', status: 'locked' });
    expect(await refusal(mute(crowd[4]))).toMatchObject({ problem: 'deactivated', uncertain: false });
  });

  test('a person who is gone is not found', async () => {
    await sandbox.control.perform({ do: 'x-status', account: 'loud#5', status: 'deleted' });
    expect(await refusal(mute(crowd[5]))).toMatchObject({ problem: 'not_found', uncertain: false });
  });
});

describe('credit', () => {
  test('that is used up refuses everything that costs, and is not taken for a limit', async () => {
    await sandbox.control.perform({ do: 'x-app', credit: 0 });
    expect(await refusal(mute())).toMatchObject({ problem: 'unpaid', until: null });
    expect(await refusal(port.resolve('loud'))).toMatchObject({ problem: 'unpaid' });
    expect(await refusal(account.relations(crowd.slice(0, 3)))).toMatchObject({ problem: 'unpaid' });
  });

  test('goes by the prices that the adapter names', async () => {
    const { prices, abilities } = port;
    const spent = async () => (await sandbox.control.x.app()).spent;
    const costOf = async (call: () => Promise<unknown>) => {
      // Reads are charged once a day.
      await sandbox.control.advance(24 * HOUR);
      const before = await spent();
      await call();
      return (await spent()) - before;
    };
    await sandbox.control.perform({ do: 'x-follow', account: 'victim', subject: 'friend' });
    expect(await costOf(() => port.resolve('@loud'))).toBe(prices.profile);
    expect(await costOf(() => port.crowd('followers', loud, null))).toBeLessThanOrEqual(60 * prices.crowd.followers);
    expect(await costOf(() => mute())).toBe(abilities.mute?.price.apply);
    expect(await costOf(() => account.held('mute', { cursor: null }))).toBe(prices.held.mute);
    expect(await costOf(() => unmute())).toBe(abilities.mute?.price.lift);
    expect(await costOf(() => account.following(null))).toBe(prices.own);
    const others = [(await sandbox.control.x.person('friend')).nativeId, ...crowd.slice(10, 19)];
    expect(await costOf(() => account.relations(others))).toBe(10 * prices.relation);
    await sandbox.control.perform({ do: 'x-unfollow', account: 'victim', subject: 'friend' });
  });
});

describe('relations', () => {
  test('that X leaves out for everybody are believed when somebody who must have one has', async () => {
    await sandbox.control.perform({ do: 'x-follow', account: 'victim', subject: 'friend' });
    expect(await account.relations(crowd.slice(20, 22))).toMatchObject([{ follows: false }, { follows: false }]);
  });

  test('that this app is not told are no relations: nobody is acted on', async () => {
    await sandbox.control.addFault({ kind: 'relations-untold', method: 'x/users' });
    expect(await refusal(account.relations(crowd.slice(20, 22)))).toMatchObject({ problem: 'no_access' });
    await sandbox.control.perform({ do: 'x-unfollow', account: 'victim', subject: 'friend' });
    // With nobody of one's own there is nobody to spare.
    const alone = port.actFor(credentials, keeping(credentials).renewal);
    expect(await alone.relations(crowd.slice(20, 22))).toHaveLength(2);
  });

  test('of whom X does not show are none', async () => {
    await sandbox.control.perform({ do: 'x-status', account: 'loud#23', status: 'suspended' });
    const id = crowd[23] ?? '';
    expect(await account.relations([id])).toEqual([{ nativeId: id, follows: false, followedBy: false, held: [] }]);
  });
});

describe('public reads', () => {
  test('of a protected account show nobody, and that it exists', async () => {
    const { nativeId } = await port.resolve('quiet');
    expect(await port.crowd('followers', nativeId, null)).toEqual({ items: [], cursor: null, total: null });
  });

  test('ask the gate of their endpoint; an account’s own calls do not', async () => {
    asked.length = 0;
    await port.resolve('loud');
    await port.resolve(loud);
    await port.crowd('followers', loud, null);
    await account.following(null);
    await mute();
    await unmute();
    const { host } = new URL(sandbox.url);
    expect(asked).toEqual([
      { host: `${host}/2/users/:id`, narrow: false },
      { host: `${host}/2/users/:id`, narrow: false },
      { host: `${host}/2/users/:id/followers`, narrow: false },
    ]);
  });

  test('with a key that X does not know say that this installation has no access', async () => {
    const stranger = portOf({ app: { ...X_APP, bearer: 'made-up' } });
    expect(await refusal(stranger.resolve('loud'))).toMatchObject({ problem: 'no_access' });
    await stranger.close();
  });

  test('of a list that leads to itself end with an error', async () => {
    const cursor = JSON.stringify({ token: 'same', pages: 1 });
    await expect(port.crowd('followers', loud, cursor)).rejects.toMatchObject({ problem: 'rejected' });
  });
});

describe('signing in', () => {
  test('with the wrong secret of our app is our fault and nobody’s credentials are lost', async () => {
    const wrong = portOf({ app: { ...X_APP, secret: 'made-up' } });
    await sandbox.control.advance(3 * HOUR);
    const acting = wrong.actFor(credentials, keeping(credentials).renewal);
    expect(await refusal(acting.held('mute', { cursor: null }))).toMatchObject({ problem: 'no_access' });
    await wrong.close();
  });

  test('asks for no right that this installation has not bought', async () => {
    expect(port.grantOf(credentials)).toMatchObject({ rights: ['mute'], broad: false });
    const { url } = (await port.oauth?.begin('victim', ['block'])) ?? { url: '' };
    expect(new URL(url).searchParams.get('scope')).not.toContain('block');
  });

  test('takes the code within half a minute', async () => {
    const { url, secret } = (await port.oauth?.begin('victim', ['mute'])) ?? { url: '', secret: '' };
    const answer = await visitSandbox(url, { handle: 'victim', password: 'secret' });
    await sandbox.control.advance(MINUTE);
    expect(await refusal(Promise.resolve(port.oauth?.finish(secret, answer)))).toMatchObject({ problem: 'rejected' });
  });

  test('costs one account read, and naming somebody costs nothing', async () => {
    const before = (await sandbox.control.x.app()).spent;
    await sandbox.control.advance(24 * HOUR);
    const { url, secret } = (await port.oauth?.begin('victim', ['mute'])) ?? { url: '', secret: '' };
    expect((await sandbox.control.x.app()).spent).toBe(before);
    await port.oauth?.finish(secret, await visitSandbox(url, { handle: 'victim', password: 'secret' }));
    expect((await sandbox.control.x.app()).spent - before).toBe(port.prices.profile);
  });
});
