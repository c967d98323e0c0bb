import { MINUTE } from '@secateur/base';
import type { FaultKind } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { listConnections } from '../connections/index.ts';
import { connectByConsent, type Life, startLife } from '../testing/index.ts';
import { getShield, listTargets, raise } from './index.ts';

/**
 * What a Mastodon server may answer while a shield acts (api/error_handling.rb and base_controller.rb of mastodon/mastodon, and what
 * stands before servers), and what its member sees of it.
 */
const password = 'a-password';
let database: TestDatabase;
let life: Life;
let made = 0;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: 'empty' });
});
afterEach(() => life.sandbox.control.clearFaults());
afterAll(async () => {
  await life.close();
  await database.close();
});

async function somebody(server: string, secret: string | null = null) {
  const username = `sam_${made++}`;
  const account = { server, username, displayName: null, password: secret, followers: 0, hidesLists: false };
  await life.sandbox.control.perform({ do: 'add-fedi-accounts', accounts: [account] });
  const name = `${username}@${server}`;
  return { name, ...(await life.sandbox.control.fediverse.person(name)) };
}

type World = { me: string; other: string };

/** Raises a shield of one block, `meanwhile` having happened, and says what its member sees. */
async function raised(meanwhile: (world: World) => Promise<unknown>) {
  const [me, other] = [await somebody('harbour', password), await somebody('quarrel')];
  await connectByConsent(life, { handle: me.handle, password });
  const connectionId = String((await listConnections(life.member)).find((one) => one.handle === me.handle)?.id);
  const query = `@${other.handle}`;
  const { id } = await life.preview({ query, connectionIds: [connectionId], includeFollowers: false });
  await life.drain.run();
  await raise(life.member, { id });
  await meanwhile({ me: me.name, other: other.name });
  await life.drain.run();
  const look = async () => {
    const { waiting, counts, state } = await getShield(life.member, { id });
    const [target] = (await listTargets(life.member, { id, filter: 'all', after: null })).items;
    const connection = (await listConnections(life.member)).find((one) => one.handle === me.handle);
    return { waiting: waiting?.why ?? null, until: waiting?.until ?? null, state, counts, target, connection };
  };
  const pass = async (minutes: number) => {
    await life.sandbox.control.advance(minutes * MINUTE);
    await life.drain.run();
  };
  return { look, pass };
}

const strike = (kind: FaultKind, method: string, more: { count?: number; retryAfterSeconds?: number } = {}) =>
  life.sandbox.control.addFault({ kind, method, ...more });
const BLOCK = 'm/accounts/block';

test.each([
  ['storage or another server is in trouble (503)', '503', 'network'],
  ['what stands before the server is (502, a page)', '502', 'network'],
  ['a page for people is answered with 200', 'html', 'network'],
  ['a page for people is answered with 403', 'proxy-page', 'network'],
  ['the connection breaks', 'reset-before', 'network'],
  ['the server is gone for now (410, a page)', 'gone', 'network'],
  ['the limit is reached (429)', '429', 'budget'],
] as const)('%s: the shield waits, says so, and goes on by itself', async (_, kind, why) => {
  const { look, pass } = await raised(() => strike(kind, BLOCK, { count: 1, retryAfterSeconds: 120 }));
  expect(await look()).toMatchObject({
    waiting: why,
    counts: { done: 0, failed: 0 },
    connection: { state: 'ready', problem: null },
  });
  if (kind === '429') expect((await look()).until).toEqual(new Date(life.sandbox.clock.now().getTime() + 2 * MINUTE));
  await pass(15);
  await pass(15);
  expect(await look()).toMatchObject({ waiting: null, counts: { done: 1 } });
});

test.each([
  [
    'the token was revoked (401)',
    ({ me }: World) => life.sandbox.control.perform({ do: 'fedi-revoke', account: me }),
    'connection_revoked',
  ],
  [
    'the login is disabled, unconfirmed or pending (403)',
    ({ me }: World) => life.sandbox.control.perform({ do: 'fedi-status', account: me, status: 'disabled' }),
    'account_locked',
  ],
  ['the server moved for good (301)', () => strike('moved', 'm/accounts/relationships'), 'connection_revoked'],
])('%s: the connection says so, and is to be made again', async (_, meanwhile, problem) => {
  const { look } = await raised(meanwhile);
  expect(await look()).toMatchObject({
    waiting: 'connection',
    counts: { done: 0, failed: 0 },
    connection: { state: 'revoked', problem },
  });
});

test.each([
  [
    'who is to be blocked is gone (404)',
    ({ other }: World) => life.sandbox.control.perform({ do: 'fedi-status', account: other, status: 'deleted' }),
    'not_found',
  ],
  [
    'who is to be blocked was taken down, and is found no more',
    ({ other }: World) => life.sandbox.control.perform({ do: 'fedi-status', account: other, status: 'suspended' }),
    'not_found',
  ],
  ['it can’t be done as asked, ever (422)', () => strike('422', BLOCK), 'untyped'],
  ['the server fails at it, again and again (500)', () => strike('500', BLOCK), 'untyped'],
])('%s: the target has failed, and says why', async (_, meanwhile, reason) => {
  const { look, pass } = await raised(meanwhile);
  for (let i = 0; i < 8; i++) await pass(30);
  expect(await look()).toMatchObject({
    target: { outcome: 'failed', reason },
    counts: { done: 0, failed: 1 },
    connection: { state: 'ready' },
  });
});

test.each([
  ['two were at it at once (422), which passes', '422'],
  ['the server stumbled (500), which passes', '500'],
] as const)('%s: it is done', async (_, kind) => {
  const { look, pass } = await raised(() => strike(kind, BLOCK, { count: 1 }));
  await pass(30);
  expect(await look()).toMatchObject({ waiting: null, counts: { done: 1, failed: 0 } });
});
