import { DAY, HOUR, MINUTE } from '@secateur/base';
import { DEMO, type NewAccount } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { CALM_RULES } from '../exemptions/policy/index.ts';
import { around, type Life, startLife } from '../testing/index.ts';
import {
  beginKeepingUp,
  cancel,
  getPreview,
  getShield,
  pause,
  raise,
  resume,
  startPreview,
  stopKeepingUp,
  undo,
  undoTarget,
} from './index.ts';

let database: TestDatabase;
let admin: pg.Client;
let life: Life;
let connectionId: string;
let calls = 0;
/** The network says at the moment of writing that everybody is a stranger. */
let blind = false;
let shieldId: string;
let number = 0;
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client({ connectionString: database.admin });
  await admin.connect();
  life = await startLife({
    urls: database,
    world: 'demo',
    wrap: (port) => ({
      ...port,
      crowd: (kind, ref, cursor) => {
        calls += 1;
        return port.crowd(kind, ref, cursor);
      },
      actFor: (credentials, rotated) => {
        const account = port.actFor(credentials, rotated);
        const strangers = (others: string[]) =>
          others.map((nativeId) => ({ nativeId, follows: false, followedBy: false, held: null }));
        return { ...account, relations: async (others) => (blind ? strangers(others) : account.relations(others)) };
      },
    }),
  });
  connectionId = await life.connect(DEMO.handle, DEMO.password);
});
beforeEach(async () => {
  await pass(25 * HOUR);
  shieldId = await raised({ keepUp: true });
});
afterEach(async () => {
  if ((await view()).state !== 'ended') await undo(life.member, { id: shieldId });
  await pass(2 * HOUR);
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

const GRUDGE = 'grudge.sandbox.test';

async function pass(ms: number): Promise<void> {
  await life.sandbox.control.advance(ms);
  await life.drain.run();
}

async function raised(input: Partial<Parameters<Life['preview']>[0]> = {}): Promise<string> {
  const { id } = await life.preview({ query: GRUDGE, connectionIds: [connectionId], hold: '7d', ...input });
  await life.drain.run();
  await raise(life.member, { id });
  await life.drain.run();
  return id;
}

/** Somebody new follows the harasser. */
async function joins(more: Partial<NewAccount> = {}): Promise<string> {
  number += 1;
  const handle = `late${number}.sandbox.test`;
  const [account] = await life.sandbox.control.addAccounts([{ handle, ...more }]);
  await life.sandbox.control.perform({ do: 'follow', account: handle, subject: GRUDGE });
  if (!account) throw new Error('an account was added');
  return account.did;
}

async function blocked(did: string, by: string = DEMO.handle): Promise<boolean> {
  const all = await life.sandbox.control.records('app.bsky.graph.block', by);
  return all.flatMap((r) => r.records).some((r) => r.subject === did);
}

const view = () => getShield(life.member, { id: shieldId });

test('who joins while a shield holds is covered within the hour, for the whole time from their own confirmation', async () => {
  const before = await view();
  expect(before.keeping).toMatchObject({ state: 'on', lookedAt: null, came: 0 });
  expect(before.keeping?.until).toEqual(before.firstLiftAt);
  const { id } = await life.preview({ query: GRUDGE, connectionIds: [connectionId], keepUp: true });
  expect(await getPreview(life.member, { id })).toMatchObject({ keepUp: 'yes' });
  await pass(3 * DAY);
  const did = await joins();
  await pass(HOUR);
  expect(await blocked(did)).toBe(true);
  const after = await view();
  expect(after).toMatchObject({ state: 'holding', keeping: { state: 'on', came: 1, waiting: null } });
  expect(after.keeping?.lookedAt).not.toBeNull();
  expect(after.counts).toMatchObject({ total: before.counts.total + 1, done: before.counts.done + 1, pending: 0 });
  expect(after.tokens).toEqual({ held: 0, charged: before.tokens.charged + 1 });
  await pass(5 * DAY);
  expect(await blocked(did)).toBe(true);
  expect(await view()).toMatchObject({ state: 'holding', keeping: { state: 'over' }, counts: { done: 1 } });
  await pass(3 * DAY);
  expect(await blocked(did)).toBe(false);
  expect((await view()).state).toBe('ended');
});

test('who joins after the first were lifted is left alone, although the shield holds somebody who came in time', async () => {
  await pass(3 * DAY);
  const inTime = await joins();
  await pass(2 * HOUR);
  await pass(4.4 * DAY);
  const did = await joins();
  await pass(2 * HOUR);
  expect([await blocked(inTime), await blocked(did)]).toEqual([true, false]);
  expect(await view()).toMatchObject({ state: 'holding', counts: { done: 1, pending: 0 } });
});

test('a look at a crowd in which nobody is new is one call, one at newcomers a few, whatever the crowd’s size', async () => {
  await pass(2 * HOUR);
  calls = 0;
  await pass(HOUR);
  expect(calls).toBe(1);
  await joins();
  await joins();
  await pass(HOUR);
  // A page with newcomers, an empty one that this world puts there, and one on which nobody is new.
  expect(calls).toBe(4);
  expect((await view()).keeping?.came).toBe(2);
});

test('two shields on one crowd share its looks, and one that is undone takes nothing of the other', async () => {
  const other = await raised({ keepUp: true, hold: '3d' });
  await pass(2 * HOUR);
  calls = 0;
  const did = await joins();
  await pass(HOUR);
  expect(calls).toBe(2);
  expect((await getShield(life.member, { id: other })).keeping?.came).toBe(1);
  expect((await view()).keeping?.came).toBe(1);
  await undo(life.member, { id: other });
  await pass(HOUR);
  expect(await blocked(did)).toBe(true);
});

test('tenants on one crowd share its looks and nothing else: each spares its own, stops for itself, and counts for itself', async () => {
  const them = 'them.sandbox.test';
  await life.sandbox.control.addAccounts([{ handle: them, password: 'pass-word' }]);
  const stranger = await life.stranger();
  const theirs = await life.connect(them, 'pass-word', stranger);
  const { id } = await startPreview(stranger, {
    sources: around(GRUDGE),
    threshold: 1,
    action: 'block',
    hold: '7d',
    ...CALM_RULES,
    connectionIds: [theirs],
    keepUp: true,
  });
  await life.drain.run();
  await raise(stranger, { id });
  await life.drain.run();
  const shared = await admin.query(
    `SELECT count(*)::int AS sources, count(DISTINCT audience_id)::int AS audiences FROM sources
     WHERE shield_id = ANY($1) AND kind = 'followers'`,
    [[shieldId, id]],
  );
  expect(shared.rows).toEqual([{ sources: 2, audiences: 1 }]);
  await pass(2 * HOUR);
  calls = 0;
  const [both, friend] = [await joins(), await joins()];
  await life.sandbox.control.perform({ do: 'follow', account: them, subject: friend });
  await pass(HOUR);
  await pass(MINUTE);
  // A page with newcomers and one on which nobody is new, once for the two of them.
  expect(calls).toBeLessThanOrEqual(4);
  expect([await blocked(both), await blocked(friend)]).toEqual([true, true]);
  expect([await blocked(both, them), await blocked(friend, them)]).toEqual([true, false]);
  expect((await getShield(stranger, { id })).keeping).toMatchObject({ state: 'on', came: 2 });
  expect((await view()).keeping).toMatchObject({ state: 'on', came: 2 });
  await stopKeepingUp(stranger, { id });
  const later = await joins();
  await pass(2 * HOUR);
  expect([await blocked(later), await blocked(later, them)]).toEqual([true, false]);
  expect((await getShield(stranger, { id })).keeping).toMatchObject({ state: 'off', came: 2 });
  await undo(stranger, { id });
  await pass(HOUR);
});

test('that somebody keeps up with a crowd shows to nobody else: neither in numbers nor in who is in it', async () => {
  const them = 'curious.sandbox.test';
  await life.sandbox.control.addAccounts([
    { handle: them, password: 'pass-word' },
    { handle: 'small.sandbox.test', followers: 5 },
  ]);
  const stranger = await life.stranger();
  const theirs = await life.connect(them, 'pass-word', stranger);
  const preview = async (...queries: string[]) => {
    const { id } = await startPreview(stranger, {
      sources: queries.flatMap((query) => around(query)),
      threshold: 1,
      action: 'block',
      hold: '7d',
      ...CALM_RULES,
      connectionIds: [theirs],
    });
    await life.drain.run();
    return id;
  };
  const [one, several, raisedToo] = [
    await preview(GRUDGE),
    await preview(GRUDGE, 'small.sandbox.test'),
    await preview(GRUDGE),
  ];
  await raise(stranger, { id: raisedToo });
  await life.drain.run();
  await pass(5 * MINUTE);
  const seen = async (id: string) => {
    const { state, listed, expected, sources, meant, toDo, already, spared } = await getPreview(stranger, { id });
    return { state, listed, expected, sources, meant, toDo, already, spared };
  };
  const held = async () => {
    const { listed, expected, sources, counts: counted, keeping } = await getShield(stranger, { id: raisedToo });
    return { listed, expected, sources, counted, keeping };
  };
  const before = [await seen(one), await seen(several), await held()];
  expect(before).toMatchObject([{ state: 'ready' }, { state: 'ready' }, { keeping: { state: 'off' } }]);
  const did = await joins();
  await life.sandbox.control.perform({ do: 'follow', account: them, subject: `late${number}.sandbox.test` });
  await pass(HOUR);
  await pass(MINUTE);
  expect((await view()).keeping?.came).toBe(1);
  expect([await seen(one), await seen(several), await held()]).toEqual(before);
  // Their own people are known anew, and still nobody of them is found in it.
  const anew = await preview(GRUDGE);
  await pass(5 * MINUTE);
  const { state, listed, expected, already, spared } = await seen(anew);
  expect({ state, listed, expected, already, spared }).toEqual({
    ...{ state: 'ready', listed: before[0]?.listed, expected: before[0]?.expected, spared: [] },
    already: (await held()).counted.done,
  });
  await raise(stranger, { id: anew });
  await life.drain.run();
  expect(await blocked(did, them)).toBe(false);
  expect((await getShield(stranger, { id: anew })).counts.spared).toBe(0);
  await undo(stranger, { id: anew });
  await undo(stranger, { id: raisedToo });
  await pass(HOUR);
});

test('whom a shield takes up, and when, is as if nobody else kept up with the crowd', async () => {
  const them = 'watcher.sandbox.test';
  await life.sandbox.control.addAccounts([{ handle: them, password: 'pass-word' }]);
  const stranger = await life.stranger();
  const theirs = await life.connect(them, 'pass-word', stranger);
  const { id } = await startPreview(stranger, {
    sources: around(GRUDGE),
    threshold: 1,
    action: 'block',
    hold: '7d',
    ...CALM_RULES,
    connectionIds: [theirs],
  });
  await life.drain.run();
  await pass(5 * MINUTE);
  await raise(stranger, { id });
  await life.drain.run();
  const came = async () => (await getShield(stranger, { id })).keeping?.came;
  const mine = async () => (await view()).keeping?.came;
  await pass(2 * HOUR);
  // Somebody else's look was before this one came, and their next is not due.
  await pass(HOUR);
  const first = await joins();
  await pass(20 * MINUTE);
  expect(await mine()).toBe(0);
  await beginKeepingUp(stranger, { id });
  await life.drain.run();
  await pass(2 * MINUTE);
  expect([await came(), await blocked(first, them)]).toEqual([1, true]);
  // Who comes now is found by somebody else's look first, and taken up at this shield's own.
  const second = await joins();
  await pass(45 * MINUTE);
  expect([await mine(), await came(), await blocked(second, them)]).toEqual([2, 1, false]);
  await pass(15 * MINUTE);
  await pass(2 * MINUTE);
  expect([await came(), await blocked(second, them)]).toEqual([2, true]);
  await undo(stranger, { id });
  await pass(HOUR);
});

test('once a week the whole list is read, so that nobody hides far below its top', async () => {
  await admin.query(`UPDATE looks SET whole_at = whole_at - interval '7 days'`);
  await pass(2 * HOUR);
  calls = 0;
  await pass(HOUR);
  expect(calls).toBe(1);
  await admin.query(`UPDATE looks SET whole_at = whole_at - interval '7 days'`);
  calls = 0;
  await pass(HOUR);
  expect(calls).toBeGreaterThanOrEqual(12);
});

test('your own people are spared among newcomers too, when they are planned and at the moment of writing', async () => {
  const before = await view();
  for (const [n, lies] of [true, false].entries()) {
    blind = lies;
    const did = await joins();
    await life.sandbox.control.perform({ do: 'follow', account: DEMO.handle, subject: did });
    await pass(HOUR);
    await pass(MINUTE);
    expect(await blocked(did)).toBe(false);
    expect((await view()).counts).toMatchObject({ spared: before.counts.spared + n + 1, pending: 0 });
  }
});

test('what the rules go by is asked about those who come, too', async () => {
  const careful = await raised({ keepUp: true, forPopular: 'spare', popularAbove: 99_999, forTalked: 'spare' });
  await undo(life.member, { id: shieldId });
  await pass(HOUR);
  shieldId = careful;
  // Whom one talked with is forgotten by then: the shield holds, and nobody waits for it.
  await pass(25 * HOUR);
  const popular = await joins({ followers: 100_000 });
  const partner = await joins();
  await life.sandbox.control.perform({ do: 'post', account: DEMO.handle, mentions: [`late${number}.sandbox.test`] });
  const nobody = await joins();
  const before = await view();
  await pass(HOUR);
  await pass(MINUTE);
  await pass(MINUTE);
  expect([await blocked(popular), await blocked(partner), await blocked(nobody)]).toEqual([false, false, true]);
  expect((await view()).counts).toMatchObject({ spared: before.counts.spared + 2, pending: 0, failed: 0 });
  await pass(25 * HOUR);
  const kept = await admin.query(`SELECT count(*)::int AS n FROM people WHERE talked_at IS NOT NULL`);
  expect(kept.rows).toEqual([{ n: 0 }]);
});

test('it ends with the shield: stopped or undone, nobody who joins is blocked any more, and nothing is asked for it', async () => {
  await cancel(life.member, { id: shieldId });
  await joins();
  await pass(2 * HOUR);
  calls = 0;
  const first = await joins();
  await pass(HOUR);
  expect([calls, await blocked(first)]).toEqual([0, false]);
  expect((await view()).keeping?.state).toBe('over');
  await expect(beginKeepingUp(life.member, { id: shieldId })).rejects.toThrow('already_done');
  const other = await raised({ keepUp: true });
  await undo(life.member, { id: other });
  const second = await joins();
  await pass(2 * HOUR);
  expect(await blocked(second)).toBe(false);
  await expect(beginKeepingUp(life.member, { id: other })).rejects.toThrow('already_done');
});

test('nobody is taken up again: neither who was undone one by one nor who was lifted by hand', async () => {
  const first = await joins();
  const second = await joins();
  await pass(2 * HOUR);
  expect([await blocked(first), await blocked(second)]).toEqual([true, true]);
  const rows = await admin.query<{ profile_id: string; account_id: string }>(
    `SELECT t.profile_id, t.account_id FROM targets t JOIN profiles p ON p.id = t.profile_id
     WHERE t.shield_id = $1 AND p.native_id = $2`,
    [shieldId, first],
  );
  const [row] = rows.rows;
  if (!row) throw new Error('they are a target');
  await undoTarget(life.member, { id: shieldId, profileId: row.profile_id, accountId: row.account_id });
  await life.sandbox.control.perform({ do: 'unblock', account: DEMO.handle, subject: second });
  await pass(DAY + HOUR);
  await pass(2 * HOUR);
  expect([await blocked(first), await blocked(second)]).toEqual([false, false]);
});

test('it can be stopped and begun again; a shield that stands still takes nobody up', async () => {
  await stopKeepingUp(life.member, { id: shieldId });
  const did = await joins();
  await pass(3 * HOUR);
  expect(await blocked(did)).toBe(false);
  expect((await view()).keeping).toMatchObject({ state: 'off', came: 0 });
  await pause(life.member, { id: shieldId });
  await beginKeepingUp(life.member, { id: shieldId });
  await pass(2 * HOUR);
  expect(await blocked(did)).toBe(false);
  expect(await view()).toMatchObject({ keeping: { came: 0 }, counts: { pending: 0 } });
  await resume(life.member, { id: shieldId });
  await pass(2 * HOUR);
  expect(await blocked(did)).toBe(true);
});

test('without tokens it waits and says so, and goes on as they come in', async () => {
  const dids: string[] = [];
  for (let i = 0; i < 5; i += 1) dids.push(await joins());
  await admin.query('UPDATE quotas SET level = 0, rate_per_day = 24, refilled_at = $1', [life.worker.clock.now()]);
  await pass(HOUR);
  expect(await view()).toMatchObject({ waiting: { why: 'tokens' }, tokens: { held: 0 } });
  expect((await view()).counts.pending).toBeGreaterThan(2);
  await pass(4 * HOUR);
  await pass(4 * HOUR);
  expect(await Promise.all(dids.map((did) => blocked(did)))).toEqual([true, true, true, true, true]);
  await admin.query('UPDATE quotas SET level = capacity, rate_per_day = 20000');
});

test('an ordinary shield goes before those who came later to an older one', async () => {
  const late = await joins();
  const ordinary = await joins();
  const free = new Date(life.worker.clock.now().getTime() + 2 * HOUR);
  await admin.query('UPDATE network_accounts SET limited_until = $1', [free]);
  await pass(HOUR);
  expect((await view()).counts.pending).toBe(2);
  const { id } = await life.preview({
    query: `late${number}.sandbox.test`,
    connectionIds: [connectionId],
    includeFollowers: false,
  });
  await life.drain.run();
  await raise(life.member, { id });
  await life.drain.run();
  await pass(HOUR);
  const made = (await life.sandbox.control.records('app.bsky.graph.block', DEMO.handle)).flatMap((r) => r.records);
  const keyOf = (did: string) => made.find((r) => r.subject === did)?.key ?? '';
  expect(keyOf(ordinary) > '').toBe(true);
  expect(keyOf(ordinary) < keyOf(late)).toBe(true);
  await undo(life.member, { id });
});
