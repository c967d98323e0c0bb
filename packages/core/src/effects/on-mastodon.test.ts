import { DAY, HOUR } from '@secateur/base';
import { appsInMemory, createMastodon } from '@secateur/networks/mastodon';
import { type FaultKind, type Sandbox, startSandbox, visitSandbox } from '@secateur/sandbox';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Acting } from '../connections/index.ts';
import { CALM_RULES } from '../exemptions/policy/index.ts';
import { perform } from './perform.ts';
import { type Chunk, LOOKED, type Sendable } from './types.ts';

const ME = 'me@harbour';
const LOUD = 'loud@quarrel';
const RULES = { ...CALM_RULES, names: [] as string[] };
const began = Date.UTC(2026, 10, 21, 12);
let sandbox: Sandbox;
let port: ReturnType<typeof createMastodon>;
let acting: Acting;
let crowd: string[] = [];
let next = 0;

beforeAll(async () => {
  sandbox = await startSandbox({
    time: () => began,
    world: [
      {
        do: 'add-fedi-accounts',
        accounts: [
          { server: 'harbour', username: 'me', password: 'right' },
          { server: 'quarrel', username: 'loud', followers: 200 },
        ],
      },
    ],
  });
  const gate = { pass: async () => {} };
  port = createMastodon({
    gate,
    pagingGate: gate,
    allowLoopback: true,
    clock: sandbox.clock,
    oauth: { appUrl: 'http://localhost:3420', apps: appsInMemory() },
  });
  const me = await sandbox.control.fediverse.person(ME);
  crowd = (await sandbox.control.fediverse.followers(LOUD, 0, 200)).map((one) => one.nativeId);
  const sent = await port.oauth?.begin(me.handle, ['block', 'mute']);
  const answer = await visitSandbox(String(sent?.url), { handle: me.handle, password: 'right' });
  const credentials = String((await port.oauth?.finish(String(sent?.secret), answer))?.credentials);
  acting = { port, account: port.actFor(credentials, (renew) => renew(credentials)), nativeId: me.nativeId };
});
afterEach(async () => {
  await sandbox.control.clearFaults();
  await sandbox.control.advance(HOUR);
});
afterAll(async () => {
  await port.close();
  await sandbox.close();
});

function some(count: number, more: Partial<Sendable> = {}): Sendable[] {
  const from = next;
  next += count;
  return crowd.slice(from, next).map((nativeId, i) => ({
    profileId: `00000000-0000-7000-8000-${String(next * 1000 + i).padStart(12, '0')}`,
    nativeId,
    key: null,
    tries: 0,
    resent: false,
    wantedBy: [RULES],
    until: null,
    ...more,
  }));
}

/** Somebody whom the member named when raising. */
function named(): Sendable[] {
  return some(1).map((one) => ({ ...one, wantedBy: [{ ...RULES, names: [one.profileId] }] }));
}

function chunkOf(parts: Partial<Pick<Chunk, 'applies' | 'lifts' | 'renewals' | 'unsettled'>>): Chunk {
  return {
    kind: 'chunk',
    ref: { tenantId: 't', accountId: 'a' },
    epoch: 1,
    connection: { tenantId: 't', id: 'c', network: 'mastodon', version: 1, sealed: new Uint8Array() },
    opening: null,
    nativeId: acting.nativeId,
    head: null,
    mark: null,
    unsettled: null,
    lifts: null,
    applies: null,
    renewals: null,
    points: 0,
    ...parts,
  };
}

const now = () => sandbox.clock.now();
const apply = (action: 'block' | 'mute', items: Sendable[]) =>
  perform(acting, chunkOf({ applies: { action, shieldId: 's', items } }), now(), async () => true);
/** Where nothing is about to be sent. */
const nobody = async (): Promise<boolean> => {
  throw new Error('nothing is to be sent');
};
const held = () => sandbox.control.fediverse.held(ME);
const ids = (items: { nativeId: string }[]) => items.map((one) => one.nativeId);
const strike = (kind: FaultKind, method: string) => sandbox.control.addFault({ kind, method, count: 1 });

test('blocks all but own people, whom the network names at that moment', async () => {
  const items = some(4);
  const [friend, fan] = ids(items);
  await sandbox.control.perform(
    { do: 'fedi-follow', account: ME, subject: String(friend) },
    { do: 'fedi-follow', account: String(fan), subject: ME },
  );
  const report = await apply('block', items);
  expect(ids(report.applied)).toEqual(ids(items.slice(2)));
  expect(report.own).toMatchObject([{ follows: true }, { followedBy: true }]);
  expect(ids((await held()).blocks)).toEqual(ids(items.slice(2)));
});

test('leaves what the user made by hand, named or not, and never counts it as ours', async () => {
  const items = [...some(2), ...named()];
  await sandbox.control.perform({
    do: 'fedi-mute',
    account: ME,
    subject: [String(ids(items)[0]), String(ids(items)[2])],
  });
  const until = new Date(now().getTime() + DAY);
  const report = await apply(
    'mute',
    items.map((one) => ({ ...one, until })),
  );
  expect(ids(report.byHand)).toEqual([ids(items)[0], ids(items)[2]]);
  expect(ids(report.applied)).toEqual([ids(items)[1]]);
  const mutes = new Map((await held()).mutes.map((one) => [one.nativeId, one]));
  // A hand-made mute has no end, and is not given one.
  expect(mutes.get(String(ids(items)[0]))).toMatchObject({ by: 'hand', until: null });
  expect(mutes.get(String(ids(items)[1]))?.until).toBeGreaterThan(until.getTime());
});

test('a named account that is one of the own people is blocked all the same', async () => {
  const items = named();
  await sandbox.control.perform({ do: 'fedi-follow', account: ME, subject: ids(items) });
  expect(ids((await apply('block', items)).applied)).toEqual(ids(items));
});

test('a 500 is looked into at once: what did not come to be is due again', async () => {
  const [first, second] = [some(1), some(1)];
  await strike('500', 'm/accounts/block');
  const report = await apply('block', [...first, ...second]);
  expect(ids(report.applied)).toEqual(ids(second));
  expect(report.retry).toMatchObject([{ counts: true, problem: 'untyped' }]);
});

test('what was lost on the way stays in flight, and is read back from the relation alone', async () => {
  const items = some(2);
  await strike('applied-then-reset', 'm/accounts/block');
  const report = await apply('block', items);
  expect(report.applied).toEqual([]);
  expect(ids(report.retry.map((one) => one.claimed))).toEqual(ids(items.slice(1)));
  await sandbox.control.perform({ do: 'clear-counters' });
  const back = await perform(
    acting,
    chunkOf({ unsettled: { action: 'block', applying: items.map((one) => ({ ...one, key: LOOKED })), lifting: [] } }),
    now(),
    nobody,
  );
  expect(ids(back.applied)).toEqual(ids(items.slice(0, 1)));
  expect((await sandbox.control.counters()).requests).toEqual({ 'm/accounts/relationships': 1 });
});

test('a spent budget stops the turn until the time that the network names; nothing is lost', async () => {
  const items = some(3);
  await sandbox.control.addFault({
    kind: '429',
    method: 'm/accounts/block',
    after: 1,
    count: 1,
    retryAfterSeconds: 90,
  });
  const report = await apply('block', items);
  expect(ids(report.applied)).toEqual(ids(items.slice(0, 1)));
  expect(report.trouble).toMatchObject({ why: 'budget', until: new Date(now().getTime() + 90_000) });
  expect(ids(report.retry.map((one) => one.claimed))).toEqual(ids(items.slice(1)));
});

test('a mute that another shield covers for longer is told to the network before it ends it', async () => {
  const items = some(2, { until: new Date(now().getTime() + DAY) });
  await apply('mute', items);
  const [kept, lifted] = items;
  await sandbox.control.perform({ do: 'fedi-unmute', account: ME, subject: String(lifted?.nativeId) });
  const until = new Date(now().getTime() + 90 * DAY);
  const renewals = { action: 'mute' as const, items: items.map((one) => ({ ...one, until })) };
  const report = await perform(acting, chunkOf({ renewals }), now(), nobody);
  const mutes = new Map((await held()).mutes.map((one) => [one.nativeId, one.until]));
  expect(mutes.get(String(kept?.nativeId))).toBeGreaterThan(until.getTime());
  // Ended by hand: not made again.
  expect(mutes.has(String(lifted?.nativeId))).toBe(false);
  expect(report.undone).toMatchObject([{ action: 'mute', claimed: { nativeId: lifted?.nativeId } }]);
});

test('lifting brings back everything but the follows that a block ended', async () => {
  const items = some(1, { wantedBy: [{ ...RULES, forFollows: 'nothing', forMutuals: 'nothing' }] });
  await sandbox.control.perform({ do: 'fedi-follow', account: ME, subject: ids(items) });
  expect(ids((await apply('block', items)).applied)).toEqual(ids(items));
  const report = await perform(acting, chunkOf({ lifts: { action: 'block', items } }), now(), nobody);
  expect(ids(report.lifted)).toEqual(ids(items));
  expect(await acting.account.relations(ids(items))).toMatchObject([{ follows: false, held: [] }]);
});

test('who is held and was not looked at before the worker died is held by hand', async () => {
  const items = some(2);
  await sandbox.control.perform({ do: 'fedi-block', account: ME, subject: ids(items) });
  const applying = items.map((one, i) => ({ ...one, key: i === 0 ? null : LOOKED }));
  const unsettled = { action: 'block' as const, applying, lifting: [] };
  const report = await perform(acting, chunkOf({ unsettled }), now(), nobody);
  expect(ids(report.byHand)).toEqual([ids(items)[0]]);
  expect(ids(report.applied)).toEqual([ids(items)[1]]);
});

test('nothing is sent that could not be written down as looked at', async () => {
  const items = some(1);
  const chunk = chunkOf({ applies: { action: 'block', shieldId: 's', items } });
  const report = await perform(acting, chunk, now(), async () => false);
  expect(report).toMatchObject({ applied: [], trouble: { why: 'network' } });
  expect(ids((await held()).blocks)).not.toContain(ids(items)[0]);
});
