import { DAY, MINUTE, newId } from '@secateur/base';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { getShield, raise, undo, undoTarget } from '../shields/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { getStanding, liftLeft, makeVanishedAgain, readNow } from './index.ts';

const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';
const OTHER = 'other.sandbox.test';
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [{ handle: ME, password: 'pass-word' }, { handle: TROLL, followers: 4 }, { handle: OTHER }],
  },
  { do: 'block', account: ME, subject: [OTHER] },
];
const CROWD = [TROLL, ...[0, 1, 2, 3].map((n) => `${TROLL}#${n}`)];

let database: TestDatabase;
let admin: pg.Client;
let life: Life;
let id: string;
let shieldId: string;
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client({ connectionString: database.admin });
  await admin.connect();
  life = await startLife({ urls: database, world: WORLD });
  id = await life.connect(ME, 'pass-word');
});
beforeEach(async () => {
  shieldId = await raised('7d');
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

async function raised(hold: '7d' | 'forever'): Promise<string> {
  const shield = await life.preview({ query: TROLL, connectionIds: [id], hold });
  await life.drain.run();
  await raise(life.member, shield);
  await life.drain.run();
  return shield.id;
}

async function over(): Promise<void> {
  if ((await getShield(life.member, { id: shieldId })).state !== 'ended') await undo(life.member, { id: shieldId });
  await pass(MINUTE);
}

async function pass(ms: number): Promise<void> {
  await life.sandbox.control.advance(ms);
  await life.drain.run();
}

async function gone(...people: string[]): Promise<void> {
  await life.sandbox.control.perform(...people.map((subject) => ({ do: 'unblock' as const, account: ME, subject })));
  await pass(6 * MINUTE);
  await readNow(life.member, { id });
  await life.drain.run();
}

async function blocked(): Promise<string[]> {
  const repos = await life.sandbox.control.records('app.bsky.graph.block', ME);
  const subjects = new Set(repos.flatMap((r) => r.records).map((r) => r.subject));
  const all = await Promise.all(
    [...CROWD, OTHER].map(async (name) => ({ name, ...(await life.sandbox.control.person(name)) })),
  );
  return all.filter(({ did }) => did && subjects.has(did)).map(({ name }) => name);
}

const blocks = async () => (await getStanding(life.member, { id })).find(({ action }) => action === 'block');

test('what a member says they did not take away is made again, and ends when it would have ended', async () => {
  const before = await getShield(life.member, { id: shieldId });
  await pass(3 * DAY);
  await gone(`${TROLL}#0`, `${TROLL}#1`);
  expect(await blocks()).toMatchObject({ ours: 3, undone: 2, again: 2 });
  expect(await makeVanishedAgain(life.member, { id })).toEqual({ count: 2 });
  await life.drain.run();
  expect((await blocked()).sort()).toEqual([...CROWD, OTHER].sort());
  expect(await blocks()).toMatchObject({ ours: 5, undone: 0, again: 0, hand: 1 });
  const after = await getShield(life.member, { id: shieldId });
  expect(after).toMatchObject({ state: 'holding', counts: { done: 5, over: 0, pending: 0 } });
  expect(after.tokens).toEqual({ held: 0, charged: before.tokens.charged + 2 });
  await expect(makeVanishedAgain(life.member, { id })).rejects.toThrow('already_done');
  await pass(4.5 * DAY);
  expect(await blocked()).toEqual([OTHER]);
  expect((await getShield(life.member, { id: shieldId })).state).toBe('ended');
});

test('a shield that ended because everything was taken away goes on', async () => {
  await gone(...CROWD);
  expect(await getShield(life.member, { id: shieldId })).toMatchObject({ state: 'ended' });
  expect(await makeVanishedAgain(life.member, { id })).toEqual({ count: 5 });
  await life.drain.run();
  expect((await blocked()).sort()).toEqual([...CROWD, OTHER].sort());
  expect(await getShield(life.member, { id: shieldId })).toMatchObject({
    state: 'holding',
    endedAt: null,
    counts: { done: 5 },
  });
  await over();
  expect(await blocked()).toEqual([OTHER]);
});

test('never what isn’t ours: what was made by hand and is gone stays gone, nor what a member undid or a shield that is over held', async () => {
  await over();
  await life.sandbox.control.perform({ do: 'block', account: ME, subject: [`${TROLL}#3`] });
  shieldId = await raised('forever');
  expect(await getShield(life.member, { id: shieldId })).toMatchObject({ counts: { done: 4, already: 1 } });
  await life.sandbox.control.perform(
    { do: 'unblock', account: ME, subject: OTHER },
    { do: 'unblock', account: ME, subject: `${TROLL}#3` },
  );
  const [row] = (
    await admin.query<{ profile_id: string; account_id: string }>(
      `SELECT t.profile_id, t.account_id FROM targets t JOIN profiles p ON p.id = t.profile_id
       WHERE t.shield_id = $1 AND p.native_id = $2`,
      [shieldId, (await life.sandbox.control.person(`${TROLL}#0`))?.did],
    )
  ).rows;
  if (!row) throw new Error('they are a target');
  await life.sandbox.control.perform({ do: 'unblock', account: ME, subject: `${TROLL}#0` });
  await undoTarget(life.member, { id: shieldId, profileId: row.profile_id, accountId: row.account_id });
  await life.drain.run();
  await gone(`${TROLL}#1`);
  expect(await blocks()).toMatchObject({ undone: 2, again: 1 });
  await undo(life.member, { id: shieldId });
  await life.drain.run();
  expect(await blocks()).toMatchObject({ again: 0 });
  await expect(makeVanishedAgain(life.member, { id })).rejects.toThrow('already_done');
  expect(await blocked()).toEqual([]);
  await life.sandbox.control.perform({ do: 'block', account: ME, subject: [OTHER] });
});

test('own people of by now are spared, and so is who was blocked by hand meanwhile', async () => {
  await gone(`${TROLL}#0`, `${TROLL}#1`);
  await life.sandbox.control.perform(
    { do: 'follow', account: ME, subject: [`${TROLL}#0`] },
    { do: 'block', account: ME, subject: [`${TROLL}#1`] },
  );
  await makeVanishedAgain(life.member, { id });
  await life.drain.run();
  expect(await getShield(life.member, { id: shieldId })).toMatchObject({ counts: { done: 3, already: 1, spared: 1 } });
  await life.sandbox.control.perform({ do: 'unfollow', account: ME, subject: `${TROLL}#0` });
  await over();
  expect((await blocked()).sort()).toEqual([OTHER, `${TROLL}#1`].sort());
  await gone(`${TROLL}#1`);
});

test('what no shield covers and stands is lifted; what one covers, and what was made by hand, stays', async () => {
  const [target] = (
    await admin.query<{ profile_id: string }>(
      `UPDATE targets SET state = 'over', reason = 'time_up' WHERE shield_id = $1 AND profile_id =
         (SELECT id FROM profiles WHERE native_id = $2) RETURNING profile_id`,
      [shieldId, (await life.sandbox.control.person(`${TROLL}#2`))?.did],
    )
  ).rows;
  expect(target).toBeDefined();
  await admin.query(`UPDATE effects SET due_at = NULL WHERE profile_id = $1`, [target?.profile_id]);
  await pass(DAY);
  expect((await blocked()).sort()).toEqual([...CROWD, OTHER].sort());
  expect(await blocks()).toMatchObject({ ours: 5, overdue: 1, hand: 1 });
  expect(await liftLeft(life.member, { id })).toEqual({ count: 1 });
  await life.drain.run();
  expect((await blocked()).sort()).toEqual([...CROWD, OTHER].filter((one) => one !== `${TROLL}#2`).sort());
  expect(await blocks()).toMatchObject({ ours: 4, overdue: 0 });
  await expect(liftLeft(life.member, { id })).rejects.toThrow('already_done');
  await over();
  expect((await getShield(life.member, { id: shieldId })).state).toBe('ended');
});

test('it is read when a member asks, not twice in five minutes, and each leaves a row', async () => {
  await pass(6 * MINUTE);
  await readNow(life.member, { id });
  expect(await blocks()).toMatchObject({ reading: true });
  await life.drain.run();
  const after = await blocks();
  expect(after).toMatchObject({ reading: false, readable: false });
  expect(after?.readAt).toEqual(life.worker.clock.now());
  await expect(readNow(life.member, { id })).rejects.toThrow('already_done');
  const rows = await admin.query(`SELECT DISTINCT action FROM audit WHERE action LIKE 'standing.%' ORDER BY 1`);
  expect(rows.rows.map(({ action }) => action)).toEqual(['standing.lifted', 'standing.made_again', 'standing.read']);
  await over();
});

test('a stranger mends nothing, and is not told that there is anything', async () => {
  const stranger = await life.stranger();
  for (const verb of [readNow, makeVanishedAgain, liftLeft]) {
    await expect(verb(stranger, { id })).rejects.toThrow('not_found');
    await expect(verb(life.member, { id: newId() })).rejects.toThrow('not_found');
  }
});
