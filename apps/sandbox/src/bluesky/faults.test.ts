import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../start.ts';
import { BLOCK } from '../state/events.ts';
import { PASSWORD, SMALL_WORLD, TROLL, VICTIM } from '../testing/small-world.ts';
import { type Tokens, type Wire, wireTo } from '../testing/wire.ts';
import { create } from '../testing/writes.ts';

const METHOD = 'com.atproto.repo.applyWrites';
let sandbox: Sandbox;
let wire: Wire;
let me: Tokens;
let subject: string;
beforeAll(async () => {
  sandbox = await startSandbox({ world: SMALL_WORLD });
  wire = wireTo(sandbox.url);
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control.reset();
  me = await wire.signIn(VICTIM, PASSWORD);
  subject = (await sandbox.control.person(TROLL))?.did ?? '';
});

const block = () => wire.call(METHOD, { token: me.accessJwt, body: { repo: me.did, writes: [create(subject)] } });
const held = async () => (await sandbox.control.records(BLOCK, VICTIM))[0]?.records.length;
const creates = async () => (await sandbox.control.counters()).creates;

describe('on demand', () => {
  test.each([
    ['429', 429, 'RateLimitExceeded'],
    ['500', 500, 'InternalServerError'],
    ['502', 502, 'UpstreamFailure'],
    ['503', 503, 'NotEnoughResources'],
    ['expired-token', 400, 'ExpiredToken'],
  ] as const)('a %s answers and does nothing, once', async (kind, status, error) => {
    await sandbox.control.addFault({ kind, method: METHOD, count: 1 });
    const answer = await block();
    expect([answer.status, answer.body.error]).toEqual([status, error]);
    expect(await held()).toBe(0);
    expect((await block()).status).toBe(200);
    expect(await creates()).toEqual({ arrived: 2, applied: 1 });
  });

  test('a 429 says how long to wait, in the sandbox’s time', async () => {
    await sandbox.control.addFault({ kind: '429', retryAfterSeconds: 77 });
    const { headers } = await block();
    expect(headers.get('retry-after')).toBe('77');
    expect(headers.get('ratelimit-remaining')).toBe('0');
  });

  test('a connection breaks before anything was done', async () => {
    await sandbox.control.addFault({ kind: 'reset-before', count: 1 });
    await expect(block()).rejects.toThrow('fetch failed');
    expect(await held()).toBe(0);
    expect(await creates()).toEqual({ arrived: 1, applied: 0 });
  });

  test('a connection breaks after it was done', async () => {
    await sandbox.control.addFault({ kind: 'applied-then-reset', count: 1 });
    await expect(block()).rejects.toThrow('fetch failed');
    expect(await held()).toBe(1);
    expect(await creates()).toEqual({ arrived: 1, applied: 1 });
    expect((await sandbox.control.counters()).statuses).toMatchObject({ 0: 1 });
  });

  test('a slow answer is an answer', async () => {
    await sandbox.control.addFault({ kind: 'slow', latencyMs: 5 });
    expect((await block()).status).toBe(200);
    expect(await held()).toBe(1);
  });

  test('a slow request is carried out even when its sender has gone', async () => {
    await sandbox.control.addFault({ kind: 'slow', latencyMs: 100 });
    const gone = new AbortController();
    const asked = fetch(`${sandbox.url}/xrpc/${METHOD}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${me.accessJwt}` },
      body: JSON.stringify({ repo: me.did, writes: [create(subject)] }),
      signal: gone.signal,
    });
    await vi.waitUntil(async () => (await creates()).arrived === 1);
    gone.abort();
    await expect(asked).rejects.toThrow('aborted');
    await vi.waitUntil(async () => (await creates()).applied === 1);
    expect(await held()).toBe(1);
  });

  test('a revoked token stays revoked until the password is used again', async () => {
    await sandbox.control.addFault({ kind: 'token-revoked', account: VICTIM, count: 1 });
    expect((await block()).body.error).toBe('InvalidToken');
    expect((await block()).body.error).toBe('InvalidToken');
    const refresh = await wire.call('com.atproto.server.refreshSession', { token: me.refreshJwt, body: {} });
    expect([refresh.status, refresh.body.error]).toEqual([400, 'ExpiredToken']);
    me = await wire.signIn(VICTIM, PASSWORD);
    expect((await block()).status).toBe(200);
  });
});

describe('for one account', () => {
  test('others are spared', async () => {
    await sandbox.control.addAccounts([{ handle: 'other.sandbox.test', password: PASSWORD }]);
    const other = await wire.signIn('other.sandbox.test', PASSWORD);
    await sandbox.control.addFault({ kind: '503', account: VICTIM });
    expect((await block()).status).toBe(503);
    const ask = (token: string) => wire.call('app.bsky.graph.getBlocks', { token });
    expect((await ask(other.accessJwt)).status).toBe(200);
    expect((await ask(me.accessJwt)).status).toBe(503);
  });

  test('reads without credentials count by whom they are about', async () => {
    await sandbox.control.addFault({ kind: '502', account: TROLL });
    const followers = (actor: string) => wire.call('app.bsky.graph.getFollowers', { query: { actor } });
    expect((await followers(TROLL)).status).toBe(502);
    expect((await followers(subject)).status).toBe(502);
    expect((await followers(VICTIM)).status).toBe(200);
  });
});
