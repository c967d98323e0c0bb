import { DAY, MINUTE } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listConnections } from '../connections/index.ts';
import type { Leaving } from '../connections/schemas.ts';
import { getShield, listTargets, raise } from '../shields/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { disconnect } from './index.ts';

const PASSWORD = 'abcd-efgh-ijkl-mnop';
const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';

let database: TestDatabase;
let life: Life;
let connectionId: string;
beforeEach(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: 'empty' });
  await life.sandbox.control.addAccounts([
    { handle: ME, password: PASSWORD },
    { handle: TROLL, followers: 3 },
  ]);
  connectionId = await life.connect(ME, PASSWORD);
});
afterEach(async () => {
  await life.close();
  await database.close();
});

/** A shield of a week over the troll and three followers, up. */
async function shield(): Promise<string> {
  const { id } = await life.preview({ query: TROLL, connectionIds: [connectionId], hold: '7d' });
  await life.drain.run();
  await raise(life.member, { id });
  await life.drain.run();
  expect(await blocked()).toBe(4);
  return id;
}

/** How many the account blocks, as its network says. */
async function blocked(): Promise<number> {
  const [repo] = await life.sandbox.control.records('app.bsky.graph.block', ME);
  return repo?.records.length ?? 0;
}

const leave = async (blocks: Leaving) => {
  await disconnect(life.member, { id: connectionId, blocks });
  await life.drain.run();
};
/** Lets time pass in steps in which the sweep finds what is due. */
const pass = async (ms: number) => {
  await life.sandbox.control.advance(ms);
  await life.drain.run();
};

async function row() {
  const { tenantId } = life.member.actor;
  return withTenant(life.member.prisma, tenantId, (tx) =>
    tx.connection.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: connectionId } } }),
  );
}

test('lift now: every block of ours is gone first, then the credentials', async () => {
  const id = await shield();
  await leave('now');
  await pass(2 * MINUTE);
  expect(await blocked()).toBe(0);
  await pass(2 * MINUTE);
  expect(await row()).toMatchObject({ state: 'gone', sealed: null });
  expect(await listConnections(life.member)).toEqual([]);
  expect(await getShield(life.member, { id })).toMatchObject({ state: 'ended', counts: { done: 0, pending: 0 } });
});

test('lift in time: each block stays its time, nothing new is made, then the credentials go', async () => {
  const id = await shield();
  await leave('in_time');
  await life.sandbox.control.addAccounts([{ handle: 'later.sandbox.test' }]);
  await life.sandbox.control.perform({ do: 'follow', account: 'later.sandbox.test', subject: TROLL });
  await pass(3 * DAY);
  expect(await blocked()).toBe(4);
  expect(await listConnections(life.member)).toMatchObject([{ state: 'leaving', leaving: 'in_time', held: 4 }]);
  await expect(life.preview({ query: TROLL, connectionIds: [connectionId] })).rejects.toMatchObject({
    problem: 'connection_revoked',
  });
  await pass(5 * DAY);
  expect(await blocked()).toBe(0);
  await pass(2 * MINUTE);
  expect(await row()).toMatchObject({ state: 'gone', sealed: null });
  expect(await getShield(life.member, { id })).toMatchObject({ state: 'ended' });
});

test('keep for ever: the blocks stay, and are never lifted, not even after the account comes back', async () => {
  const id = await shield();
  await leave('keep');
  await pass(2 * MINUTE);
  expect(await row()).toMatchObject({ state: 'gone', sealed: null });
  const { items } = await listTargets(life.member, { id, filter: 'all', after: null });
  expect(items.map(({ outcome }) => outcome)).toEqual(['kept', 'kept', 'kept', 'kept']);
  connectionId = await life.connect(ME, PASSWORD);
  await pass(30 * DAY);
  expect(await blocked()).toBe(4);
});

test('who left while the crowd was still being planned makes nothing more, and gets the tokens back', async () => {
  const { id } = await life.preview({ query: TROLL, connectionIds: [connectionId], hold: '7d' });
  await life.drain.run();
  await raise(life.member, { id });
  await leave('now');
  await pass(2 * MINUTE);
  await pass(2 * MINUTE);
  expect(await blocked()).toBe(0);
  expect(await row()).toMatchObject({ state: 'gone', sealed: null });
  expect(await getShield(life.member, { id })).toMatchObject({ state: 'ended', tokens: { held: 0 } });
});

test('a mind that is changed: what was to be lifted in its time can be lifted now, or kept', async () => {
  await shield();
  await leave('in_time');
  await leave('keep');
  await pass(2 * MINUTE);
  expect(await blocked()).toBe(4);
  expect(await row()).toMatchObject({ state: 'gone' });
  await expect(disconnect(life.member, { id: connectionId, blocks: 'now' })).rejects.toMatchObject({
    problem: 'not_found',
  });
});

test('what was known of the account’s own people is erased with it', async () => {
  await life.sandbox.control.addAccounts([{ handle: 'friend.sandbox.test' }]);
  await life.sandbox.control.perform({ do: 'follow', account: ME, subject: 'friend.sandbox.test' });
  // What was read when the account was connected is old by then, and is read again for the shield.
  await pass(20 * MINUTE);
  await shield();
  const people = () =>
    withTenant(life.worker.prisma, life.member.actor.tenantId, async (tx) => [
      await tx.person.count(),
      await tx.reading.count(),
    ]);
  expect((await people()).every((n) => n > 0)).toBe(true);
  await leave('keep');
  await pass(2 * MINUTE);
  expect(await people()).toEqual([0, 0]);
});
