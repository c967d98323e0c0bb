import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sandboxControl } from '../control/client.ts';
import { type Sandbox, startSandbox } from '../start.ts';
import { fediWire } from '../testing/fedi-wire.ts';

type Account = { id: string; acct: string; uri?: string; followers_count: number; suspended?: boolean };
type Relation = { id: string; following: boolean; followed_by: boolean; blocking: boolean; muting: boolean };

const SCOPE = 'read write follow';
const LOUD = 'loud@quarrel';
const began = Date.UTC(2026, 10, 21, 12);
let sandbox: Sandbox;
let harbour: Awaited<ReturnType<typeof fediWire>>;
let quarrel: typeof harbour;
let token: string;

beforeAll(async () => {
  sandbox = await startSandbox({
    seed: 'servers',
    time: () => began,
    world: [
      {
        do: 'add-fedi-accounts',
        accounts: [
          { server: 'harbour', username: 'me', password: 'right' },
          { server: 'quarrel', username: 'loud', followers: 200 },
          { server: 'quarrel', username: 'shy', followers: 3, hidesLists: true },
        ],
      },
    ],
  });
  harbour = await fediWire(sandbox, 'harbour');
  quarrel = await fediWire(sandbox, 'quarrel');
  token = await harbour.signIn('me', 'right', SCOPE);
});
// Windows begin anew.
afterEach(() => sandbox.control.advance(3_600_000));
afterAll(() => sandbox.close());

const follower = async (n: number) => (await sandbox.control.fediverse.followers(LOUD, n, 1))[0] ?? never();
const never = (): never => {
  throw new Error('nobody');
};
/** Has the user's server find somebody, and what it calls them. */
const found = async (uri: string): Promise<Account> => {
  const path = `/api/v2/search?${new URLSearchParams({ q: uri, resolve: 'true', type: 'accounts' })}`;
  return (await harbour.call<{ accounts: Account[] }>(path, { token })).body.accounts[0] ?? never();
};
const act = async (id: string, action: string, body = {}) =>
  (await harbour.call<Relation>(`/api/v1/accounts/${id}/${action}`, { token, body })).body;

test('the same seed makes the same people, on servers of their own', async () => {
  const other = await startSandbox({ seed: 'servers', world: 'empty' });
  await other.control.perform({
    do: 'add-fedi-accounts',
    accounts: [
      { server: 'harbour', username: 'first' },
      { server: 'quarrel', username: 'loud', followers: 9 },
    ],
  });
  const names = (people: { handle: string }[]) => people.map((one) => one.handle.replace(/@.*/, ''));
  expect(names(await other.control.fediverse.followers(LOUD, 0, 9))).toEqual(
    names(await sandbox.control.fediverse.followers(LOUD, 0, 9)),
  );
  const hosts = new Set(
    (await sandbox.control.fediverse.followers(LOUD, 0, 100)).map((one) => new URL(one.nativeId).host),
  );
  expect(hosts.size).toBe(4);
  await other.close();
});

describe('an account that lives elsewhere', () => {
  test('is unknown until the server is asked to find it; its ids differ from server to server', async () => {
    const { handle, nativeId } = await follower(150);
    const lookUp = `/api/v1/accounts/lookup?acct=${handle}`;
    expect((await harbour.call(lookUp)).status).toBe(404);
    const unresolved = `/api/v2/search?q=${encodeURIComponent(nativeId)}&type=accounts`;
    expect((await harbour.call<{ accounts: [] }>(unresolved, { token })).body.accounts).toEqual([]);
    const { id } = await found(nativeId);
    expect((await harbour.call<Account>(lookUp)).body.id).toBe(id);
    const loud = await quarrel.call<Account>('/api/v1/accounts/lookup?acct=loud');
    const { id: here } = await found(`${quarrel.origin}/users/loud`);
    expect(loud.body.id).not.toBe(here);
    expect((await harbour.call(`/api/v1/accounts/${loud.body.id}`)).status).toBe(404);
  });

  test('shows only those of its followers whom this server knows', async () => {
    const { id } = await found(`${quarrel.origin}/users/loud`);
    const here = await harbour.call<Account[]>(`/api/v1/accounts/${id}/followers?limit=80`);
    const at = (await quarrel.call<Account>('/api/v1/accounts/lookup?acct=loud')).body;
    const home = await quarrel.call<Account[]>(`/api/v1/accounts/${at.id}/followers?limit=80`);
    expect(home.body).toHaveLength(80);
    expect(here.body.length).toBeLessThan(80);
    expect(at.followers_count).toBe(200);
  });
});

test('lists are paged by relations and end without a next; what is hidden is empty', async () => {
  const { id } = (await quarrel.call<Account>('/api/v1/accounts/lookup?acct=loud')).body;
  const seen: string[] = [];
  let path: string | null = `/api/v1/accounts/${id}/followers?limit=80`;
  while (path !== null) {
    const page: { body: Account[]; headers: Headers } = await quarrel.call<Account[]>(path);
    seen.push(...page.body.map((one) => one.uri ?? ''));
    path = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1] ?? null;
  }
  expect(new Set(seen).size).toBe(200);
  expect(seen).toHaveLength(200);
  const shy = (await quarrel.call<Account>('/api/v1/accounts/lookup?acct=shy')).body;
  expect(shy.followers_count).toBe(3);
  expect((await quarrel.call(`/api/v1/accounts/${shy.id}/followers`)).body).toEqual([]);
});

test('a block ends follows both ways, and lifting it does not bring them back', async () => {
  const { nativeId } = await follower(10);
  await sandbox.control.perform(
    { do: 'fedi-follow', account: 'me@harbour', subject: nativeId },
    { do: 'fedi-follow', account: nativeId, subject: 'me@harbour' },
  );
  const { id } = await found(nativeId);
  const path = `/api/v1/accounts/relationships?id[]=${id}`;
  expect((await harbour.call<Relation[]>(path, { token })).body).toMatchObject([
    { following: true, followed_by: true },
  ]);
  expect(await act(id, 'block')).toMatchObject({ blocking: true, following: false, followed_by: false });
  expect(await act(id, 'block')).toMatchObject({ blocking: true });
  expect(await act(id, 'unblock')).toMatchObject({ blocking: false, following: false, followed_by: false });
});

test("one's own lists show those whom one mutes, others' lists don't", async () => {
  const [self, loud, muted] = await Promise.all([
    found(`${harbour.origin}/users/me`),
    found(`${quarrel.origin}/users/loud`),
    found((await follower(7)).nativeId),
  ]);
  await sandbox.control.perform({ do: 'fedi-follow', account: 'me@harbour', subject: `${LOUD}#7` });
  await act(muted.id, 'mute');
  const listed = async (path: string) =>
    (await harbour.call<Account[]>(`/api/v1/accounts/${path}?limit=80`, { token })).body.map(({ id }) => id);
  expect(await listed(`${self.id}/following`)).toContain(muted.id);
  expect(await listed(`${loud.id}/followers`)).not.toContain(muted.id);
  await act(muted.id, 'unmute');
  expect(await listed(`${loud.id}/followers`)).toContain(muted.id);
  await sandbox.control.perform({ do: 'fedi-unfollow', account: 'me@harbour', subject: `${LOUD}#7` });
});

test('a mute with a duration ends by itself on the clock that tests move', async () => {
  const { id } = await found((await follower(11)).nativeId);
  await act(id, 'mute', { duration: 7_200 });
  const relation = async () =>
    (await harbour.call<Relation[]>(`/api/v1/accounts/relationships?id[]=${id}`, { token })).body[0];
  await sandbox.control.advance(7_199_000);
  expect(await relation()).toMatchObject({ muting: true });
  await sandbox.control.advance(1_000);
  expect(await relation()).toMatchObject({ muting: false });
});

describe('limits', () => {
  const spend = async (times: number, path: string, more = {}) => {
    let last = await harbour.call(path, more);
    for (let n = 1; n < times; n++) last = await harbour.call(path, more);
    return last;
  };

  test('300 requests in 5 minutes a token: a date, no Retry-After, and anew when the window does', async () => {
    const other = await harbour.signIn('me', 'right', SCOPE);
    const path = '/api/v1/accounts/verify_credentials';
    const last = await spend(300, path, { token: other });
    expect(last.status).toBe(200);
    expect(last.headers.get('x-ratelimit-limit')).toBe('300');
    expect(last.headers.get('x-ratelimit-remaining')).toBe('0');
    const refused = await harbour.call(path, { token: other });
    expect(refused).toMatchObject({ status: 429, body: { error: 'Too many requests' } });
    expect(refused.headers.get('retry-after')).toBeNull();
    const reset = refused.headers.get('x-ratelimit-reset') ?? '';
    expect(reset).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    // Another token of the same account has a window of its own.
    expect((await harbour.call(path, { token })).status).toBe(200);
    await sandbox.control.advance(Date.parse(reset) - sandbox.clock.now().getTime());
    expect((await harbour.call(path, { token: other })).status).toBe(200);
  });

  test('strangers have 300 in 5 minutes by address, and 300 pages in 15', async () => {
    const path = '/api/v1/accounts/lookup?acct=me';
    expect((await spend(300, path, { address: '198.51.100.1' })).status).toBe(200);
    expect((await harbour.call(path, { address: '198.51.100.1' })).status).toBe(429);
    expect((await harbour.call(path, { address: '198.51.100.2' })).status).toBe(200);
    const paged = `${path}&max_id=9`;
    // Where windows of both lengths begin.
    await sandbox.control.advance(900_000 - (sandbox.clock.now().getTime() % 900_000));
    for (const _ of [1, 2]) {
      expect((await spend(150, paged, { address: '198.51.100.3' })).status).toBe(200);
      await sandbox.control.advance(300_000);
    }
    expect((await harbour.call(paged, { address: '198.51.100.3' })).status).toBe(429);
    await sandbox.control.advance(300_000);
    expect((await harbour.call(paged, { address: '198.51.100.3' })).status).toBe(200);
  });

  test('can be turned off', async () => {
    await sandbox.control.perform({ do: 'set-limits', on: false });
    expect((await spend(305, '/api/v1/accounts/lookup?acct=me')).status).toBe(200);
    await sandbox.control.perform({ do: 'set-limits', on: true });
  });
});

describe('what is refused', () => {
  test('without a token, with too little, and for an account that may not sign in', async () => {
    const path = '/api/v1/blocks';
    expect((await harbour.call(path)).status).toBe(401);
    expect((await harbour.call(path, { token: 'made-up' })).status).toBe(401);
    const narrow = await harbour.signIn('me', 'right', 'read:accounts');
    expect((await harbour.call(path, { token: narrow })).status).toBe(403);
    await sandbox.control.perform({ do: 'fedi-status', account: 'me@harbour', status: 'disabled' });
    expect((await harbour.call(path, { token })).status).toBe(403);
    await sandbox.control.perform({ do: 'fedi-status', account: 'me@harbour', status: 'active' });
    expect((await harbour.call(path, { token })).status).toBe(200);
  });

  test('a token of one server at another', async () => {
    expect((await quarrel.call('/api/v1/blocks', { token })).status).toBe(401);
  });

  test('strangers, by a server that shows them nothing', async () => {
    const cellar = await fediWire(sandbox, 'cellar');
    await sandbox.control.perform({ do: 'add-fedi-accounts', accounts: [{ server: 'cellar', username: 'dark' }] });
    expect((await cellar.call('/api/v1/accounts/lookup?acct=dark')).status).toBe(401);
    const host = new URL(cellar.origin).host;
    expect((await cellar.call(`/.well-known/webfinger?resource=acct:dark@${host}`)).status).toBe(200);
  });
});

test('what happened outlives a restart, and can be looked at from another process', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'secateur-fedi-'));
  try {
    const world = { do: 'add-fedi-accounts', accounts: [{ server: 'harbour', username: 'me', followers: 3 }] } as const;
    const first = await startSandbox({ dataDir, world: [{ ...world, accounts: [...world.accounts] }] });
    const control = sandboxControl(first.url);
    await control.perform({ do: 'fedi-block', account: 'me@harbour', subject: ['me@harbour#0', 'me@harbour#2'] });
    await control.perform({ do: 'fedi-mute', account: 'me@harbour', subject: 'me@harbour#1' });
    const before = await control.fediverse.held('me@harbour');
    expect(before).toMatchObject({ blocks: [{ by: 'hand' }, { by: 'hand' }], mutes: [{ until: null }] });
    await first.close();
    const second = await startSandbox({ dataDir });
    const after = await second.control.fediverse.held('me@harbour');
    const names = (held: typeof before) => held.blocks.map((one) => one.nativeId.replace(/.*\//, ''));
    expect(names(after)).toEqual(names(before));
    await expect(sandboxControl(second.url).fediverse.person('nobody@harbour')).rejects.toThrow('nobody here');
    await second.close();
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});
