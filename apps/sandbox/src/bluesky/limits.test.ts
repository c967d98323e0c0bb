import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../start.ts';
import { BLOCK } from '../state/events.ts';
import { PASSWORD, SMALL_WORLD, TROLL, VICTIM } from '../testing/small-world.ts';
import { type Tokens, type Wire, wireTo } from '../testing/wire.ts';
import { create } from '../testing/writes.ts';

const START = Date.UTC(2026, 10, 20);
let sandbox: Sandbox;
let wire: Wire;
let me: Tokens;
let crowd: string[];
beforeAll(async () => {
  sandbox = await startSandbox({ world: SMALL_WORLD, time: () => START });
  wire = wireTo(sandbox.url);
  crowd = (await sandbox.control.followers(TROLL, 0, 250)).map(({ did }) => did);
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control.reset();
  me = await wire.signIn(VICTIM, PASSWORD);
});

const apply = (count: number) =>
  wire.call('com.atproto.repo.applyWrites', {
    token: me.accessJwt,
    body: { repo: me.did, writes: crowd.slice(0, count).map((did) => create(did)) },
  });
const removeOne = () =>
  wire.call('com.atproto.repo.deleteRecord', {
    token: me.accessJwt,
    body: { repo: me.did, collection: BLOCK, rkey: '3n2rxeb4ptk2z' },
  });
const told = (headers: Headers) =>
  ['limit', 'remaining', 'reset', 'policy'].map((part) => headers.get(`ratelimit-${part}`));

test('only the tightest limit is told: the address’s at first, the account’s once it has fewer points', async () => {
  const one = await apply(1);
  const reset = String(START / 1_000 + 300);
  expect(told(one.headers)).toEqual(['3000', '2998', reset, '3000;w=300']);
  for (let i = 0; i < 3; i++) await apply(200);
  const four = await apply(200);
  expect(told(four.headers)).toEqual(['5000', '2597', String(START / 1_000 + 3_600), '5000;w=3600']);
});

test('a batch that is refused consumes what was left, and a single point is refused after it', async () => {
  for (let i = 0; i < 8; i++) expect((await apply(200)).status).toBe(200);
  const refused = await apply(100);
  expect(refused.status).toBe(429);
  expect(refused.body.error).toBe('RateLimitExceeded');
  expect(told(refused.headers)[1]).toBe('0');
  expect(refused.headers.get('retry-after')).toBe('3600');
  expect((await removeOne()).status).toBe(429);
  expect((await sandbox.control.counters()).creates).toEqual({ arrived: 1_700, applied: 1_600 });
});

test('an hour later the budget is full again', async () => {
  for (let i = 0; i < 9; i++) await apply(200);
  await sandbox.control.advance(3_600_000);
  expect((await apply(200)).status).toBe(200);
});

test('a day has 35,000 points, however the hours are spread', async () => {
  for (let hour = 0; hour < 8; hour++) {
    for (let i = 0; i < 8; i++) await apply(200);
    await sandbox.control.advance(3_600_000);
    me = await wire.signIn(VICTIM, PASSWORD);
  }
  const refused = await apply(200);
  expect([refused.status, told(refused.headers)[3]]).toEqual([429, '35000;w=86400']);
});

test('one address has 3,000 requests in five minutes, for all accounts together; reading the AppView is free', async () => {
  const ask = (address: string) => wire.call('com.atproto.sync.getLatestCommit', { query: { did: me.did }, address });
  for (let i = 0; i < 60; i++) await Promise.all(Array.from({ length: 50 }, () => ask('10.0.0.1')));
  expect((await ask('10.0.0.1')).status).toBe(429);
  expect((await ask('10.0.0.2')).status).toBe(200);
  const profile = await wire.call('app.bsky.actor.getProfile', { query: { actor: TROLL }, address: '10.0.0.1' });
  expect([profile.status, profile.headers.get('ratelimit-limit')]).toEqual([200, null]);
  await sandbox.control.advance(300_000);
  expect((await ask('10.0.0.1')).status).toBe(200);
});

test('thirty sign-ins in five minutes are enough', async () => {
  const signIn = () =>
    wire.call('com.atproto.server.createSession', { body: { identifier: VICTIM, password: 'wrong' } });
  for (let i = 0; i < 29; i++) expect((await signIn()).status).toBe(401);
  expect((await signIn()).status).toBe(429);
});

test('turned off, nothing is counted and nothing told', async () => {
  await sandbox.control.perform({ do: 'set-limits', on: false });
  for (let i = 0; i < 10; i++) expect((await apply(200)).status).toBe(200);
  expect(told((await apply(1)).headers)).toEqual([null, null, null, null]);
});
