import { type FaultKind, type Sandbox, startSandbox, visitSandbox } from '@secateur/sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { keeping } from '../contract/index.ts';
import type { ActingAccount, ProfilePage, Write } from '../port.ts';
import { appsInMemory, createMastodon } from './index.ts';

const ME = { username: 'me', password: 'right' };
const LOUD = 'loud@quarrel';
let sandbox: Sandbox;
let port: ReturnType<typeof createMastodon>;
let account: ActingAccount;
let me: { nativeId: string; handle: string };
let loud: { nativeId: string; handle: string };
let targets: string[] = [];
let next = 0;
// Where windows of every length begin, and it stands still unless moved.
const began = Date.UTC(2026, 10, 21, 12);
const gate = { pass: async () => {} };

async function signIn(): Promise<ActingAccount> {
  const sent = await port.oauth?.begin(me.handle, ['block', 'mute']);
  if (!sent) throw new Error('no OAuth');
  const answer = await visitSandbox(sent.url, { ...me, ...ME });
  const signed = await port.oauth?.finish(sent.secret, answer);
  const credentials = String(signed?.credentials);
  return port.actFor(credentials, keeping(credentials).renewal);
}

beforeAll(async () => {
  sandbox = await startSandbox({
    time: () => began,
    world: [
      {
        do: 'add-fedi-accounts',
        accounts: [
          { server: 'harbour', ...ME },
          { server: 'quarrel', username: 'loud', followers: 200 },
          { server: 'quarrel', username: 'shy', followers: 30, hidesLists: true },
          { server: 'cellar', username: 'dark', followers: 30 },
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
  me = await control.fediverse.person('me@harbour');
  loud = await control.fediverse.person(LOUD);
  targets = (await control.fediverse.followers(LOUD, 0, 200)).map((one) => one.nativeId);
  account = await signIn();
});
afterEach(async () => {
  await sandbox.control.clearFaults();
  await sandbox.control.advance(3_600_000);
});
afterAll(async () => {
  await port.close();
  await sandbox.close();
});

const some = (): Write[] => [{ nativeId: String(targets[next++]), key: null }];
const has = async ([write]: Write[]) =>
  (await sandbox.control.fediverse.held('me@harbour')).blocks.some((one) => one.nativeId === write?.nativeId);
const strike = (kind: FaultKind, method: string) => sandbox.control.addFault({ kind, method, count: 1 });

describe('a write that meets', () => {
  test.each<[FaultKind, string, boolean, boolean]>([
    ['500', 'untyped', true, false],
    ['502', 'down', true, false],
    ['503', 'down', true, false],
    ['reset-before', 'down', true, false],
    ['applied-then-reset', 'down', true, true],
    ['429', 'limited', false, false],
    ['html', 'down', true, false],
    ['proxy-page', 'down', false, false],
    ['gone', 'down', false, false],
    ['moved', 'unauthorized', false, false],
  ])('%s is %s, uncertain %s, done %s', async (kind, problem, uncertain, done) => {
    await strike(kind, 'm/accounts/block');
    const write = some();
    await expect(account.apply('block', write, null, new Date())).rejects.toMatchObject({ problem, uncertain });
    expect(await has(write)).toBe(done);
    // Repeating it is harmless, and what the first one did is not done twice.
    if (kind !== 'moved') await account.apply('block', write, null, new Date());
  });

  test('a limit says until when: a date, and no Retry-After', async () => {
    await sandbox.control.addFault({ kind: '429', method: 'm/accounts/block', count: 1, retryAfterSeconds: 40 });
    const until = new Date(sandbox.clock.now().getTime() + 40_000);
    await expect(account.apply('block', some(), null, new Date())).rejects.toMatchObject({ problem: 'limited', until });
  });

  test('a token that was taken back is unauthorized, and nothing else is asked', async () => {
    const other = await signIn();
    await strike('token-revoked', 'm/accounts/block');
    await expect(other.apply('block', some(), null, new Date())).rejects.toMatchObject({ problem: 'unauthorized' });
    account = await signIn();
  });
});

describe('an account that the user’s server has not heard of', () => {
  test('is not found while the other server does not answer, and is when it does', async () => {
    const write = some();
    await strike('unknown-yet', 'm/search');
    await expect(account.apply('block', write, null, new Date())).rejects.toMatchObject({ problem: 'not_found' });
    await account.apply('block', write, null, new Date());
    expect(await has(write)).toBe(true);
  });

  test('stands in no relation, and costs no question about one', async () => {
    const [write] = some();
    await strike('unknown-yet', 'm/search');
    await sandbox.control.perform({ do: 'clear-counters' });
    expect(await account.relations([String(write?.nativeId)])).toMatchObject([{ follows: false, held: [] }]);
    expect((await sandbox.control.counters()).requests).toEqual({ 'm/search': 1 });
  });

  test('is found once: what it is called there is remembered', async () => {
    const write = some();
    await sandbox.control.perform({ do: 'clear-counters' });
    await account.relations(write.map((one) => one.nativeId));
    await account.apply('block', write, null, new Date());
    await account.lift('block', write, null);
    expect((await sandbox.control.counters()).requests).toEqual({
      'm/search': 1,
      'm/accounts/relationships': 1,
      'm/accounts/block': 1,
      'm/accounts/unblock': 1,
    });
  });
});

test('relations say what stands already, made by hand or not', async () => {
  const [one, other] = [some(), some()].flat();
  await sandbox.control.perform({ do: 'fedi-mute', account: 'me@harbour', subject: String(one?.nativeId) });
  await account.apply('block', [other as Write], null, new Date());
  expect(await account.relations([String(one?.nativeId), String(other?.nativeId)])).toMatchObject([
    { held: ['mute'] },
    { held: ['block'] },
  ]);
});

test('a mute ends by itself when nobody comes to lift it', async () => {
  const write = some().map((one) => ({ ...one, until: new Date(sandbox.clock.now().getTime() + 3_600_000) }));
  await account.apply('mute', write, null, sandbox.clock.now());
  await sandbox.control.advance(3_600_000 * 24);
  expect((await account.held('mute', { cursor: null })).items).toContainEqual({
    nativeId: write[0]?.nativeId,
    key: null,
  });
  await sandbox.control.advance(3_600_000 * 24 * 30);
  expect((await account.held('mute', { cursor: null })).items).not.toContainEqual({
    nativeId: write[0]?.nativeId,
    key: null,
  });
});

/** Every page of a public list, as far as it goes. */
async function listed(nativeId: string): Promise<{ known: number; total: number | null; pages: number }> {
  let known = 0;
  let pages = 0;
  for (let cursor: string | null = null; ; ) {
    const page: ProfilePage = await port.crowd('followers', nativeId, cursor);
    known += page.items.length;
    pages += 1;
    if (page.cursor === null) return { known, total: page.total, pages };
    cursor = page.cursor;
  }
}

describe('a public list', () => {
  test('is read from the home of the account, which knows all of it', async () => {
    expect(await listed(loud.nativeId)).toEqual({ known: 200, total: 200, pages: 3 });
  });

  test('that its owner hides is empty, and says how many there are', async () => {
    const { nativeId } = await sandbox.control.fediverse.person('shy@quarrel');
    expect(await listed(nativeId)).toEqual({ known: 0, total: 30, pages: 1 });
  });

  test('that the server shows no stranger is empty, and the account is found all the same', async () => {
    const dark = await sandbox.control.fediverse.person('dark@cellar');
    expect(await listed(dark.nativeId)).toEqual({ known: 0, total: null, pages: 1 });
    expect(await port.resolve(dark.handle)).toMatchObject({ nativeId: dark.nativeId, followers: null });
  });

  test('that leads to another host is read on where it is, never there', async () => {
    await strike('next-elsewhere', 'm/accounts/followers');
    expect(await listed(loud.nativeId)).toEqual({ known: 80, total: 200, pages: 2 });
  });

  test('that leads in a circle ends, and says that there are more', async () => {
    await sandbox.control.addFault({ kind: 'next-loop', method: 'm/accounts/followers', after: 1, count: 1 });
    expect(await listed(loud.nativeId)).toEqual({ known: 160, total: 200, pages: 2 });
  });

  test('whose pages are made up for ever ends', async () => {
    await sandbox.control.addFault({ kind: 'next-endless', method: 'm/accounts/followers' });
    const { pages } = await listed(loud.nativeId);
    // 200 people are three pages; four times as many are allowed for, and ten.
    expect(pages).toBe(22);
  });

  test.each<[FaultKind, string]>([
    ['html', 'down'],
    ['proxy-page', 'down'],
    ['502', 'down'],
    ['429', 'limited'],
    ['moved', 'not_found'],
  ])('that meets %s is %s', async (kind, problem) => {
    await strike(kind, 'm/accounts/followers');
    await expect(port.crowd('followers', loud.nativeId, null)).rejects.toMatchObject({ problem, uncertain: false });
  });

  test('is paged 300 times in 15 minutes and no more; the reset is told and has no budget of writes in it', async () => {
    await sandbox.control.advance(900_000 - (sandbox.clock.now().getTime() % 900_000));
    const { cursor } = await port.crowd('followers', loud.nativeId, null);
    let pages = 0;
    const error = await (async () => {
      for (;;) {
        await port.crowd('followers', loud.nativeId, cursor);
        pages += 1;
        // So that the narrower limit is met and not that of all requests.
        if (pages === 150) await sandbox.control.advance(300_000);
      }
    })().catch((cause: unknown) => cause);
    expect(pages).toBe(300);
    expect(error).toMatchObject({ problem: 'limited', report: null, until: expect.any(Date) });
  });
});

test('an own list that lies is down: what is left out of it would be taken for not being so', async () => {
  for (const method of ['m/accounts/followers', 'm/accounts/following', 'm/blocks', 'm/mutes']) {
    await sandbox.control.addFault({ kind: 'next-loop', method });
  }
  const onward = JSON.stringify({ before: '50', pages: 1, empty: 0 });
  for (const read of [
    () => account.followers(onward),
    () => account.following(onward),
    () => account.held('block', { cursor: onward }),
    () => account.held('mute', { cursor: onward }),
  ])
    await expect(read()).rejects.toMatchObject({ problem: 'down' });
});

describe('signing in', () => {
  test('registers with a server once, and anew when the server forgot', async () => {
    await sandbox.control.perform({ do: 'clear-counters' });
    await signIn();
    expect((await sandbox.control.counters()).requests['m/apps']).toBeUndefined();
    await sandbox.control.perform({ do: 'fedi-forget-apps', server: 'harbour' });
    await signIn();
    expect((await sandbox.control.counters()).requests['m/apps']).toBe(1);
  });

  test('begins with no more than a server, and ends with whoever signed in there', async () => {
    const sent = await port.oauth?.begin(new URL(me.nativeId).host, []);
    const answer = await visitSandbox(String(sent?.url), { ...me, ...ME });
    expect(await port.oauth?.finish(String(sent?.secret), answer)).toMatchObject({
      profile: { nativeId: me.nativeId },
    });
  });

  test.each<[FaultKind, string, string]>([
    ['html', 'm/oauth/token', 'down'],
    ['503', 'm/oauth/token', 'down'],
    ['html', 'm/accounts/verify_credentials', 'down'],
  ])('that meets %s at %s is %s', async (kind, method, problem) => {
    const sent = await port.oauth?.begin(me.handle, ['block']);
    const answer = await visitSandbox(String(sent?.url), { ...me, ...ME });
    await strike(kind, method);
    await expect(port.oauth?.finish(String(sent?.secret), answer)).rejects.toMatchObject({ problem });
  });

  test('asks for a proof where the server knows one, and not where it does not', async () => {
    const hosts = (await sandbox.control.fediverse.servers()).map(
      (one) => [one.discovery, new URL(one.origin).host] as const,
    );
    for (const [discovery, host] of hosts) {
      const url = new URL(String((await port.oauth?.begin(host, []))?.url));
      expect(url.searchParams.has('code_challenge')).toBe(discovery);
      expect(url.searchParams.get('scope')).toBe(discovery ? 'profile' : 'read:accounts');
    }
  });
});
