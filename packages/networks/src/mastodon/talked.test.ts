import { type Sandbox, startSandbox, visitSandbox } from '@secateur/sandbox';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { keeping } from '../contract/index.ts';
import type { ActingAccount } from '../port.ts';
import { appsInMemory, createMastodon } from './index.ts';

/** One who knows many in one question, and one before that was possible. */
const SERVERS = ['harbour', 'attic'] as const;
const POSTS = 'm/accounts/statuses';
const PARTNERS = 60;

let sandbox: Sandbox;
let port: ReturnType<typeof createMastodon>;
const accounts = new Map<string, ActingAccount>();
const began = Date.UTC(2026, 10, 21, 12);
const since = new Date(began - 1_000);
const gate = { pass: async () => {} };

beforeAll(async () => {
  sandbox = await startSandbox({
    time: () => began,
    world: [
      {
        do: 'add-fedi-accounts',
        accounts: [
          ...SERVERS.map((server) => ({ server, username: 'me', password: 'right' })),
          { server: 'quarrel', username: 'loud', followers: 200 },
        ],
      },
    ],
  });
  const { control, clock } = sandbox;
  port = createMastodon({
    gate,
    pagingGate: gate,
    allowLoopback: true,
    clock,
    oauth: { appUrl: 'http://localhost:3420', apps: appsInMemory() },
  });
  const partners = (await control.fediverse.followers('loud@quarrel', 0, PARTNERS)).map((one) => one.nativeId);
  for (const server of SERVERS) {
    const me = await control.fediverse.person(`me@${server}`);
    await control.perform({ do: 'fedi-post', account: me.nativeId, mentions: partners });
    const sent = await port.oauth?.begin(me.handle, ['block', 'mute']);
    const answer = await visitSandbox(String(sent?.url), { handle: me.handle, password: 'right' });
    const signed = await port.oauth?.finish(String(sent?.secret), answer);
    const credentials = String(signed?.credentials);
    accounts.set(server, port.actFor(credentials, keeping(credentials).renewal));
  }
});
afterEach(() => sandbox.control.clearFaults());
afterAll(async () => {
  await port.close();
  await sandbox.close();
});

const talked = (server: string) => accounts.get(server)?.talked(since, null) ?? Promise.reject(new Error('nobody'));

async function requests(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = (await sandbox.control.counters()).requests;
  await work();
  const after = (await sandbox.control.counters()).requests;
  return Object.fromEntries(
    Object.entries(after).flatMap(([method, n]) =>
      n > (before[method] ?? 0) ? [[method, n - (before[method] ?? 0)]] : [],
    ),
  );
}

test.each([
  ['harbour', 'accounts', 2],
  ['attic', 'accounts', PARTNERS],
] as const)('whom ids mean is asked once at %s, and known when a page is read again', async (server, method, many) => {
  const first = await requests(() => talked(server));
  expect(first[POSTS]).toBe(1);
  expect(first[`m/${method}`]).toBeGreaterThanOrEqual(many);
  expect(await requests(() => talked(server))).toEqual({ [POSTS]: 1 });
  expect((await talked(server)).items).toHaveLength(PARTNERS);
});

test.each(['403', '404', '422'] as const)(
  'a server that answers %s tells nobody, and will not on another day',
  async (kind) => {
    await sandbox.control.addFault({ kind, method: POSTS });
    expect(await talked('harbour')).toEqual({ items: [], cursor: null, untold: true });
  },
);

test.each([
  ['503', 'down'],
  ['html', 'down'],
  ['429', 'limited'],
] as const)('one that answers %s is asked again: nothing is taken for not being so', async (kind, problem) => {
  await sandbox.control.addFault({ kind, method: POSTS });
  await expect(talked('harbour')).rejects.toMatchObject({ problem });
});
