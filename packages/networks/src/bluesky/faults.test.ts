import { type FaultKind, type Sandbox, startSandbox } from '@secateur/sandbox';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { keeping } from '../contract/index.ts';
import type { ActingAccount, Write } from '../port.ts';
import { createBluesky } from './index.ts';

const HANDLE = 'someone.sandbox.test';
const APPLY = 'com.atproto.repo.applyWrites';
let sandbox: Sandbox;
let port: ReturnType<typeof createBluesky>;
let account: ActingAccount;
let targets: string[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({
    world: [
      { do: 'add-accounts', accounts: [{ handle: HANDLE, password: 'right', followers: 20 }] },
      { do: 'add-accounts', accounts: [{ handle: 'careful.sandbox.test', password: 'right', secondFactor: true }] },
    ],
  });
  const { url, clock } = sandbox;
  const gate = { pass: async () => {} };
  port = createBluesky({ appviewUrl: url, plcUrl: url, entrywayUrl: url, gate, allowLoopback: true, clock });
  const { credentials } = await port.signIn(HANDLE, 'right');
  account = port.actFor(credentials, keeping(credentials).renewal);
  targets = (await sandbox.control.followers(HANDLE, 0, 20)).map((one) => one.did);
});
afterEach(() => sandbox.control.clearFaults());
afterAll(async () => {
  await port.close();
  await sandbox.close();
});

const some = (): Write[] => port.newKeys(2, null).map((key, i) => ({ nativeId: targets[i] ?? '', key }));
const has = async (writes: Write[]) => {
  const held = (await account.held('block', { cursor: null })).items.map((one) => one.key);
  return writes.every((write) => held.includes(write.key));
};

test.each<[FaultKind, string, boolean, boolean]>([
  ['500', 'untyped', true, false],
  ['502', 'down', true, false],
  ['503', 'down', true, false],
  ['reset-before', 'down', true, false],
  ['applied-then-reset', 'down', true, true],
  ['429', 'limited', false, false],
])('a write that meets %s is %s, uncertain %s, done %s', async (kind, problem, uncertain, done) => {
  await sandbox.control.addFault({ kind, method: APPLY, count: 1 });
  const writes = some();
  await expect(account.apply('block', writes, null, new Date())).rejects.toMatchObject({ problem, uncertain });
  expect(await has(writes)).toBe(done);
});

test('a limit says until when', async () => {
  await sandbox.control.addFault({ kind: '429', method: APPLY, count: 1, retryAfterSeconds: 40 });
  const from = sandbox.clock.now().getTime();
  const error = await account.apply('block', some(), null, new Date()).catch((cause: { until: Date }) => cause);
  const until = 'until' in error ? error.until.getTime() : 0;
  expect(until).toBeGreaterThanOrEqual(from + 39_000);
  expect(until).toBeLessThanOrEqual(sandbox.clock.now().getTime() + 41_000);
});

test('a read that meets trouble is down, and never uncertain', async () => {
  for (const kind of ['500', '502', 'reset-before'] as const) {
    await sandbox.control.addFault({ kind, method: 'com.atproto.sync.getLatestCommit', count: 1 });
    await expect(account.head()).rejects.toMatchObject({ problem: 'down', uncertain: false });
  }
});

test('a server that is not there wrote nothing', async () => {
  const nowhere = JSON.stringify({ did: targets[0], pds: 'http://127.0.0.1:1', accessJwt: 'a', refreshJwt: 'r' });
  const write = port.actFor(nowhere, keeping(nowhere).renewal).apply('block', some(), null, new Date());
  await expect(write).rejects.toMatchObject({ problem: 'down', uncertain: false });
});

test('a token that expires again right after it was renewed is unauthorized, not renewed for ever', async () => {
  const fault = { kind: 'expired-token', method: APPLY, count: 5 } as const;
  await sandbox.control.addFault(fault);
  await expect(account.apply('block', some(), null, new Date())).rejects.toMatchObject({ problem: 'unauthorized' });
  expect((await sandbox.control.faults())[0]?.struck).toBe(2);
});

test('an account with a second factor needs an app password', async () => {
  const problem = 'second_factor';
  await expect(port.signIn('careful.sandbox.test', 'right')).rejects.toMatchObject({ problem });
});
