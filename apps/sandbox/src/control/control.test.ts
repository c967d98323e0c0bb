import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../start.ts';
import { BLOCK, FOLLOW } from '../state/events.ts';
import { PASSWORD, SMALL_WORLD, TROLL, VICTIM } from '../testing/small-world.ts';
import { wireTo } from '../testing/wire.ts';
import { create } from '../testing/writes.ts';
import { sandboxControl } from './client.ts';
import { CommandError } from './command-error.ts';

import type { SandboxControl } from './control.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ world: SMALL_WORLD, limits: false });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.control.reset());

describe.each([
  ['in this process', (): SandboxControl => sandbox.control],
  ['over HTTP', (): SandboxControl => sandboxControl(sandbox.url)],
])('control %s', (_, control) => {
  test('adds 500 accounts at once, which can sign in', async () => {
    const wanted = Array.from({ length: 500 }, (_one, i) => ({
      handle: `login-${i}.sandbox.test`,
      password: PASSWORD,
    }));
    const made = await control().addAccounts(wanted);
    expect(made.map(({ handle }) => handle)).toEqual(wanted.map(({ handle }) => handle));
    expect((await wireTo(sandbox.url).signIn('login-499.sandbox.test', PASSWORD)).did).toBe(made[499]?.did);
  });

  test('tells blocks made by hand from those of an app', async () => {
    const wire = wireTo(sandbox.url);
    const { accessJwt: token, did } = await wire.signIn(VICTIM, PASSWORD);
    const [one, two] = await control().followers(TROLL, 0, 2);
    await wire.call('com.atproto.repo.applyWrites', { token, body: { repo: did, writes: [create(one?.did ?? '')] } });
    await control().perform({ do: 'block', account: VICTIM, subject: two?.did ?? '' });
    const [repo] = await control().records(BLOCK, VICTIM);
    expect(repo?.records.map(({ subject, by }) => [subject, by])).toEqual([
      [one?.did, 'app'],
      [two?.did, 'hand'],
    ]);
    expect((await control().records(BLOCK)).map(({ handle }) => handle)).toEqual([VICTIM, TROLL]);
  });

  test('counts what arrived and what was applied, per subject and in all', async () => {
    const wire = wireTo(sandbox.url);
    const { accessJwt: token, did } = await wire.signIn(VICTIM, PASSWORD);
    const subject = (await control().person(TROLL))?.did ?? '';
    const write = create(subject, '3n2rxeb4ptk2z');
    const body = { repo: did, writes: [write] };
    for (let i = 0; i < 3; i++) await wire.call('com.atproto.repo.applyWrites', { token, body });
    expect(await control().writes(VICTIM)).toEqual([{ account: did, subject, arrived: 3, applied: 1 }]);
    const { requests, statuses, creates } = await control().counters();
    expect(creates).toEqual({ arrived: 3, applied: 1 });
    expect(requests['com.atproto.repo.applyWrites']).toBe(3);
    expect(statuses).toMatchObject({ 500: 2 });
    await control().perform({ do: 'clear-counters' });
    expect(await control().writes()).toEqual([]);
  });

  test('blocks by hand as the network’s app does, or beside what is there', async () => {
    const block = { do: 'block', account: VICTIM, subject: TROLL } as const;
    const keys = async () => (await control().records(BLOCK, VICTIM))[0]?.records.map(({ key }) => key) ?? [];
    await control().perform(block);
    const [first] = await keys();
    await control().perform(block);
    const [second, ...none] = await keys();
    expect(second).not.toBe(first);
    expect(none).toEqual([]);
    await control().perform({ ...block, beside: true });
    expect(await keys()).toHaveLength(2);
    await control().perform({ do: 'unblock', account: VICTIM, subject: TROLL });
    expect(await keys()).toEqual([]);
  });

  test('follows once, however often it is told to', async () => {
    const follow = { do: 'follow', account: VICTIM, subject: [`${TROLL}#1`, TROLL] } as const;
    await control().perform(
      { ...follow, subject: [...follow.subject] },
      { ...follow, subject: [...follow.subject] },
      { do: 'follow', account: `${TROLL}#1`, subject: TROLL },
    );
    expect((await control().records(FOLLOW, VICTIM))[0]?.records).toHaveLength(2);
    expect((await control().state()).accounts[1]?.followers).toBe(251);
  });

  test('moves the clock for everything that it stamps', async () => {
    const { now } = await control().clock();
    await control().advance(42 * 86_400_000);
    await control().perform({ do: 'block', account: VICTIM, subject: TROLL });
    const [repo] = await control().records(BLOCK, VICTIM);
    expect(Date.parse(repo?.records[0]?.createdAt ?? '') - now).toBeGreaterThanOrEqual(42 * 86_400_000);
    expect(sandbox.clock.now().getTime() - Date.now()).toBeGreaterThan(41 * 86_400_000);
    await control().perform({ do: 'set-clock', offsetMs: 0 });
    expect((await control().clock()).offsetMs).toBe(0);
  });

  test('sets faults up and takes them away', async () => {
    const { id } = await control().addFault({ kind: 'slow', latencyMs: 5 });
    await control().addFault({ kind: '500', count: 3 });
    await control().removeFault(id);
    expect(await control().faults()).toEqual([{ id: id + 1, kind: '500', count: 3, struck: 0 }]);
    await control().clearFaults();
    expect(await control().faults()).toEqual([]);
  });

  test.each([
    [{ do: 'block', account: 'nobody', subject: TROLL }, 'nobody here is called nobody'],
    [{ do: 'block', account: VICTIM, subject: `${TROLL}#250` }, 'only 250 computed followers'],
    [{ do: 'add-accounts', accounts: [{ handle: TROLL }] }, 'is taken'],
    [{ do: 'rename', account: VICTIM, handle: TROLL }, 'is taken'],
  ] as const)('refuses %o', async (command, words) => {
    await expect(control().perform(structuredClone(command) as never)).rejects.toThrow(CommandError);
    await expect(control().perform(structuredClone(command) as never)).rejects.toThrow(words);
  });

  test('knows nobody by a name that is nobody’s', async () => {
    expect(await control().person('nobody')).toBeNull();
    expect((await control().person(`${TROLL}#7`))?.handle).toMatch(/-1-7\.sandbox\.test$/);
  });
});

test('100,000 records are told in one stream', async () => {
  await sandbox.control.addAccounts([{ handle: 'crowd.sandbox.test', followers: 100_000 }]);
  const subject = (await sandbox.control.followers('crowd.sandbox.test', 0, 100_000)).map(({ did }) => did);
  await sandbox.control.perform({ do: 'block', account: VICTIM, subject });
  const [repo] = await sandboxControl(sandbox.url).records(BLOCK, VICTIM);
  expect(repo?.records.map((record) => record.subject)).toEqual(subject);
});

test('the clock and the faults can be moved with curl', async () => {
  const post = (path: string, body: object) =>
    fetch(`${sandbox.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
  expect(await (await post('/clock', { advanceMs: 60_000 })).json()).toMatchObject({ offsetMs: 60_000 });
  expect(await (await post('/clock', { offsetMs: 5 })).json()).toMatchObject({ offsetMs: 5 });
  expect((await post('/clock', { later: true })).status).toBe(400);
  expect((await post('/faults', { kind: 'meteor' })).status).toBe(400);
  expect((await fetch(`${sandbox.url}/sandbox/nothing`)).status).toBe(404);
});
