import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from './start.ts';
import { BLOCK } from './state/events.ts';
import { PASSWORD, SMALL_WORLD, TROLL, VICTIM } from './testing/small-world.ts';
import { wireTo } from './testing/wire.ts';
import { create } from './testing/writes.ts';

let dataDir: string;
const open: Sandbox[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
  rmSync(dataDir, { recursive: true });
});

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ world: SMALL_WORLD, dataDir, ...options });
  open.push(sandbox);
  return sandbox;
}

async function stop(sandbox: Sandbox): Promise<void> {
  open.splice(open.indexOf(sandbox), 1);
  await sandbox.close();
}

test('a sandbox with a journal starts again where it was', async () => {
  const before = await start();
  const wire = wireTo(before.url);
  const { accessJwt: token, refreshJwt, did } = await wire.signIn(VICTIM, PASSWORD);
  const [one, two, three] = await before.control.followers(TROLL, 0, 3);
  const writes = [create(one?.did ?? ''), create(two?.did ?? '')];
  await wire.call('com.atproto.repo.applyWrites', { token, body: { repo: did, writes } });
  await before.control.perform(
    { do: 'unblock', account: VICTIM, subject: one?.did ?? '' },
    { do: 'block', account: VICTIM, subject: three?.did ?? '' },
    { do: 'mute', account: VICTIM, subject: TROLL },
    { do: 'follow', account: three?.did ?? '', subject: VICTIM },
    { do: 'unfollow', account: two?.did ?? '', subject: TROLL },
    { do: 'set-status', account: one?.did ?? '', status: 'deactivated' },
    { do: 'rename', account: TROLL, handle: 'renamed.sandbox.test' },
    { do: 'advance-clock', ms: 3_600_000 },
  );
  const seen = async (sandbox: Sandbox) => ({
    accounts: (await sandbox.control.state()).accounts,
    blocks: await sandbox.control.records(BLOCK),
    mutes: await sandbox.control.mutes(VICTIM),
    people: await sandbox.control.followers('renamed.sandbox.test', 0, 10),
    offsetMs: (await sandbox.control.clock()).offsetMs,
    head: (await wireTo(sandbox.url).call('com.atproto.sync.getLatestCommit', { query: { did } })).body,
    followers: (await wireTo(sandbox.url).call('app.bsky.graph.getFollowers', { query: { actor: VICTIM } })).body,
  });
  const was = await seen(before);
  expect(was.offsetMs).toBe(3_600_000);
  await stop(before);

  const after = await start({ world: 'empty', seed: 'another' });
  expect(await seen(after)).toEqual(was);
  const again = wireTo(after.url);
  expect((await again.call('com.atproto.server.getSession', { token })).status).toBe(200);
  expect((await again.call('com.atproto.server.refreshSession', { token: refreshJwt, body: {} })).status).toBe(200);
});

test('a journal whose last line a crash cut short loses that line only, and goes on', async () => {
  const path = join(dataDir, 'journal.jsonl');
  const before = await start();
  await before.control.perform({ do: 'block', account: VICTIM, subject: TROLL });
  await stop(before);
  appendFileSync(path, '{"t":"commit","did":"did:pl');
  const middle = await start();
  await middle.control.perform({ do: 'mute', account: VICTIM, subject: TROLL });
  await stop(middle);
  expect(
    readFileSync(path, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line).t),
  ).toContain('mute');
  const after = await start();
  expect((await after.control.state()).accounts[0]).toMatchObject({ blocks: 1, mutes: 1 });
});

test('a reset is a reset after a restart too', async () => {
  const before = await start();
  await before.control.perform({ do: 'block', account: VICTIM, subject: TROLL });
  await before.control.reset();
  await stop(before);
  const after = await start();
  expect((await after.control.state()).accounts.map(({ blocks }) => blocks)).toEqual([0, 0]);
});

test('limits can be turned off for a journal that has them on', async () => {
  await stop(await start());
  expect((await (await start({ limits: false })).control.state()).limits).toBe(false);
});

test('a port that is taken is an error', async () => {
  const first = await start();
  await expect(startSandbox({ port: Number(new URL(first.url).port) })).rejects.toThrow('EADDRINUSE');
});
