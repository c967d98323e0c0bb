import { type FaultKind, type Sandbox, startSandbox, visitSandbox } from '@secateur/sandbox';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { keeping } from '../contract/index.ts';
import type { ActingAccount, Action, Credentials, NetworkProblem } from '../port.ts';
import { appsInMemory, createMastodon } from './index.ts';

/** Every error that servers are known to answer with, played by the sandbox, and what the adapter makes of it. */

const LOUD = 'loud@quarrel';
let sandbox: Sandbox;
let port: ReturnType<typeof createMastodon>;
let made = 0;

beforeAll(async () => {
  sandbox = await startSandbox({
    time: () => Date.UTC(2026, 10, 21, 12),
    world: [{ do: 'add-fedi-accounts', accounts: [{ server: 'quarrel', username: 'loud', followers: 100 }] }],
  });
  const gate = { pass: async () => {} };
  port = createMastodon({
    gate,
    pagingGate: gate,
    allowLoopback: true,
    clock: sandbox.clock,
    oauth: { appUrl: 'http://localhost:3420', apps: appsInMemory() },
  });
});
beforeEach(() => sandbox.control.advance(3_600_000));
afterAll(async () => {
  await port.close();
  await sandbox.close();
});

type Played = { me: string; account: ActingAccount; credentials: Credentials };
const acting = (credentials: Credentials) => port.actFor(credentials, keeping(credentials).renewal);
const someone = async (rights: Action[] = ['block', 'mute']): Promise<Played> => {
  const me = `me_${made++}@harbour`;
  const username = me.replace('@harbour', '');
  await sandbox.control.perform({
    do: 'add-fedi-accounts',
    accounts: [{ server: 'harbour', username, password: 'right' }],
  });
  const { handle } = await sandbox.control.fediverse.person(me);
  const sent = await port.oauth?.begin(handle, rights);
  const answer = await visitSandbox(String(sent?.url), { handle, password: 'right' });
  const credentials = String((await port.oauth?.finish(String(sent?.secret), answer))?.credentials);
  return { me, credentials, account: acting(credentials) };
};
const follower = async (number: number) =>
  (await sandbox.control.fediverse.followers(LOUD, number, 1))[0]?.nativeId ?? '';
const block = async (account: ActingAccount, number = 3) =>
  account.apply('block', [{ nativeId: await follower(number), key: null }], null, sandbox.clock.now());
const status = (account: string, to: 'disabled' | 'suspended' | 'deleted') =>
  sandbox.control.perform({ do: 'fedi-status', account, status: to });

const meeting = (kind: FaultKind) => async () => {
  const { me, account } = await someone();
  await sandbox.control.addFault({ kind, method: 'm/accounts/block', account: me, count: 1 });
  return block(account);
};

test.each<[string, () => Promise<unknown>, NetworkProblem, uncertain?: boolean]>([
  [
    '401 The access token is invalid',
    async () => block(acting(JSON.stringify({ ...JSON.parse((await someone()).credentials), token: 'made-up' }))),
    'unauthorized',
  ],
  ['401 The access token was revoked', meeting('token-revoked'), 'unauthorized'],
  ['403 outside the authorized scopes', async () => block((await someone(['mute'])).account), 'declined'],
  [
    '403 Your login is currently disabled',
    async () => {
      const { me, account } = await someone();
      await status(me, 'disabled');
      return block(account);
    },
    'deactivated',
  ],
  ['403 missing a confirmed e-mail address', meeting('unconfirmed'), 'deactivated'],
  ['403 pending approval', meeting('pending'), 'deactivated'],
  [
    '422 requires an authenticated user',
    async () => {
      const { me, account } = await someone();
      await sandbox.control.addFault({ kind: 'app-only', method: 'm/blocks', account: me, count: 1 });
      return account.held('block', { cursor: null });
    },
    'rejected',
  ],
  [
    '404 Record not found',
    async () => {
      const { account } = await someone();
      await block(account, 5);
      await status(`${LOUD}#5`, 'deleted');
      return block(account, 5);
    },
    'not_found',
  ],
  [
    'an account taken down, looked up',
    async () => {
      await sandbox.control.perform({ do: 'add-fedi-accounts', accounts: [{ server: 'quarrel', username: 'away' }] });
      await status('away@quarrel', 'suspended');
      return port.resolve((await sandbox.control.fediverse.person('away@quarrel')).nativeId);
    },
    'suspended',
  ],
  ['422 Duplicate record', meeting('duplicate'), 'untyped', true],
  ['429 Too many requests', meeting('429'), 'limited'],
  ['500', meeting('500'), 'untyped', true],
  ['503 Remote data could not be fetched', meeting('503'), 'down', true],
  ['502, a page', meeting('502'), 'down', true],
  ['504, a page', meeting('504'), 'down', true],
  ['200, a page', meeting('html'), 'down', true],
  ['403, a page of a proxy', meeting('proxy-page'), 'down'],
  ['410, a page', meeting('gone'), 'down'],
  ['301 for good', meeting('moved'), 'unauthorized'],
  ['no answer', meeting('reset-before'), 'down', true],
  ['an answer that got lost', meeting('applied-then-reset'), 'down', true],
])('%s', async (_, play, problem, uncertain = false) => {
  await expect(play()).rejects.toMatchObject({ name: 'NetworkError', problem, uncertain });
});

test('an account that is taken down and known is blocked all the same', async () => {
  const { account } = await someone();
  await account.relations([await follower(9)]);
  await status(`${LOUD}#9`, 'suspended');
  await block(account, 9);
  expect(await account.relations([await follower(9)])).toMatchObject([{ held: ['block'] }]);
});
