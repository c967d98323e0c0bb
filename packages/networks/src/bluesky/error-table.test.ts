import { type Command, type FaultKind, type Sandbox, startSandbox, visitSandbox } from '@secateur/sandbox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keeping } from '../contract/index.ts';
import type { ActingAccount, Credentials, NetworkProblem, Write } from '../port.ts';
import { createBluesky } from './index.ts';

/** Every error that the network is known to answer with, played by the sandbox, and what the adapter makes of it. */

const APPLY = 'com.atproto.repo.applyWrites';
const TROLL = 'troll.sandbox.test';
let sandbox: Sandbox;
let port: ReturnType<typeof createBluesky>;
let made = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ world: [{ do: 'add-accounts', accounts: [{ handle: TROLL, followers: 20 }] }] });
  const { url, clock } = sandbox;
  port = createBluesky({
    appviewUrl: url,
    plcUrl: url,
    entrywayUrl: url,
    gate: { pass: async () => {} },
    allowLoopback: true,
    clock,
    oauth: { appUrl: 'http://localhost:3420', keys: [] },
  });
});
afterAll(async () => {
  await port.close();
  await sandbox.close();
});

type Played = { me: string; account: ActingAccount; credentials: Credentials };
const perform = (...commands: Command[]) => sandbox.control.perform(...commands);
const acting = (credentials: Credentials) => port.actFor(credentials, keeping(credentials).renewal);
const someone = async (): Promise<Played> => {
  const me = `me-${made++}.sandbox.test`;
  await sandbox.control.addAccounts([{ handle: me, password: 'right' }]);
  const { credentials } = await port.signIn(me, 'right');
  return { me, credentials, account: acting(credentials) };
};
const writes = async (): Promise<Write[]> => {
  const [one] = await sandbox.control.followers(TROLL, 3, 1);
  return port.newKeys(1, null).map((key) => ({ nativeId: one?.did ?? '', key }));
};
const block = async (account: ActingAccount, fence: string | null = null) =>
  account.apply('block', await writes(), fence, new Date());
const status = (account: string, to: 'deactivated' | 'suspended') => perform({ do: 'set-status', account, status: to });

const meeting = (kind: FaultKind) => async () => {
  const { me, account } = await someone();
  await sandbox.control.addFault({ kind, method: APPLY, account: me, count: 1 });
  return block(account);
};

test.each<[string, () => Promise<unknown>, NetworkProblem, uncertain?: boolean]>([
  ['400 Actor not found', () => port.crowd('followers', 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa', null), 'not_found'],
  ['400 Profile not found', () => port.resolve('nobody.sandbox.test'), 'not_found'],
  ['400 HandleNotFound', () => port.signIn('nobody.sandbox.test', 'x'), 'not_found'],
  ['401 AuthenticationRequired', async () => port.signIn((await someone()).me, 'wrong'), 'unauthorized'],
  [
    '400 AccountDeactivated, of another',
    async () => {
      await status(`${TROLL}#7`, 'deactivated');
      const [one] = await sandbox.control.followers(TROLL, 7, 1);
      return port.resolve(one?.handle ?? '');
    },
    'deactivated',
  ],
  [
    '400 AccountTakedown, of another',
    async () => {
      await status(`${TROLL}#8`, 'suspended');
      const [one] = await sandbox.control.followers(TROLL, 8, 1);
      return port.resolve(one?.handle ?? '');
    },
    'suspended',
  ],
  ...(['deactivated', 'suspended'] as const).map((to): [string, () => Promise<unknown>, NetworkProblem] => [
    `401 of the own account, ${to}`,
    async () => {
      const { me, account } = await someone();
      await status(me, to);
      return block(account);
    },
    to,
  ]),
  [
    '400 InvalidToken',
    async () => {
      const { credentials } = await someone();
      return block(acting(JSON.stringify({ ...JSON.parse(credentials), accessJwt: 'no.token.this' })));
    },
    'unauthorized',
  ],
  ['400 ExpiredToken, and the refresh refused', meeting('token-revoked'), 'unauthorized'],
  [
    '403 ScopeMissingError',
    async () => {
      const { me } = await someone();
      const sent = await port.oauth?.begin(me, ['mute']);
      const answer = await visitSandbox(String(sent?.url), { handle: me, password: 'right' });
      const signed = await port.oauth?.finish(String(sent?.secret), answer);
      return block(acting(String(signed?.credentials)));
    },
    'declined',
  ],
  ['429 RateLimitExceeded', meeting('429'), 'limited'],
  [
    '400 InvalidSwap',
    async () => {
      const { account } = await someone();
      const old = await account.head();
      await block(account, old);
      return block(account, old);
    },
    'fenced',
  ],
  [
    '500 of a key that exists',
    async () => {
      const { account } = await someone();
      const same = await writes();
      await account.apply('block', same, null, new Date());
      return account.apply('block', same, null, new Date());
    },
    'untyped',
    true,
  ],
  [
    '500 of a key that is gone',
    async () => (await someone()).account.lift('block', await writes(), null),
    'untyped',
    true,
  ],
  ['502 UpstreamFailure', meeting('502'), 'down', true],
  ['503', meeting('503'), 'down', true],
  ['504', meeting('504'), 'down', true],
  ['no answer', meeting('reset-before'), 'down', true],
  ['an answer that got lost', meeting('applied-then-reset'), 'down', true],
  ['400 List not found', () => port.locate('list', `at://${TROLL}/app.bsky.graph.list/3lnothere2222`), 'not_found'],
  [
    '400 Starter pack not found',
    () => port.locate('list', `at://${TROLL}/app.bsky.graph.starterpack/3lnothere2222`),
    'not_found',
  ],
  [
    'a post that nobody wrote',
    () => port.locate('likers', `at://${TROLL}/app.bsky.feed.post/3lnothere2222`),
    'not_found',
  ],
])('%s', async (_, play, problem, uncertain = false) => {
  await expect(play()).rejects.toMatchObject({ name: 'NetworkError', problem, uncertain });
});
