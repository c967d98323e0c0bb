import { DAY, HOUR, newId } from '@secateur/base';
import { createLocks, type Locks } from '@secateur/db';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { actingFor, listConnections } from '../connections/index.ts';
import type { MemberContext, WorkerContext } from '../context/index.ts';
import { CALM_RULES } from '../exemptions/policy/index.ts';
import { startPreview } from '../shields/index.ts';
import { around, connectByConsent, type Life, startLife } from '../testing/index.ts';

const password = 'a-password';
const TROLL = 'troll.sandbox.test';

let database: TestDatabase;
let life: Life;
let otherLocks: Locks;
let admin: pg.Pool;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({
    urls: database,
    world: [{ do: 'add-accounts', accounts: [{ handle: TROLL, followers: 5 }] }],
  });
  otherLocks = createLocks(database.worker);
  admin = new pg.Pool({ connectionString: database.admin, max: 1 });
});
afterAll(async () => {
  await Promise.all([admin.end(), otherLocks.close()]);
  await life.close();
  await database.close();
});

let made = 0;
let who: { handle: string; password: string };
let member: MemberContext & { sealingKey: string };
let connectionId: string;
const connect = async (visit = {}) => {
  who = { handle: `lasting-${made++}.sandbox.test`, password };
  await life.sandbox.control.addAccounts([who]);
  member = await life.stranger();
  await connectByConsent(life, who, { by: member, visit });
  connectionId = String((await listConnections(member))[0]?.id);
};
beforeEach(() => life.sandbox.control.clearFaults());

const refreshes = async () => (await life.sandbox.control.counters()).requests['oauth/token'] ?? 0;
/** When the account's session was last renewed, in days since the test began. */
const renewedAt = async () => {
  const [grant] = (await life.sandbox.control.grants(who.handle)).filter(({ dead }) => !dead);
  return Math.round(((grant?.renewedAt ?? 0) - (grant?.beganAt ?? 0)) / DAY);
};
const stateOf = async () => (await listConnections(member))[0];
const pass = async (ms: number) => {
  await life.sandbox.control.advance(ms);
  await life.drain.run();
};
const ask = (ctx: WorkerContext) =>
  actingFor(ctx, member.actor.tenantId, connectionId).then(({ account }) => account.held('mute', { cursor: null }));
/** What another worker process would be: the same database, its own memory, its own connection for locks. */
const anotherProcess = (): WorkerContext => ({ ...life.worker, locks: otherLocks, memberId: newId() });

test('two processes whose token has run out renew it once, and both go on', async () => {
  await connect();
  const [one, other] = [anotherProcess(), { ...anotherProcess(), locks: life.worker.locks }];
  await Promise.all([ask(one), ask(other)]);
  await life.sandbox.control.advance(2 * HOUR);
  const before = await refreshes();
  await Promise.all([ask(one), ask(other), ask(one)]);
  expect((await refreshes()) - before).toBe(1);
  await Promise.all([ask(one), ask(other)]);
  expect(await stateOf()).toMatchObject({ state: 'ready' });
});

test('a session that nobody uses is renewed in time', async () => {
  await connect({ only: ['block'] });
  await pass(6 * DAY);
  expect(await renewedAt()).toBe(0);
  await pass(2 * DAY);
  expect(await renewedAt()).toBe(8);
  expect(await stateOf()).toMatchObject({ state: 'ready' });
});

test('a server that is away when it is time is tried again within the hour', async () => {
  await connect({ only: ['block'] });
  await life.sandbox.control.addFault({ kind: '503', method: 'oauth/token' });
  await pass(8 * DAY);
  expect(await stateOf()).toMatchObject({ state: 'ready', problem: null });
  expect(await renewedAt()).toBe(0);
  await life.sandbox.control.clearFaults();
  await pass(HOUR + 1);
  expect(await renewedAt()).toBe(8);
});

test('its owner is told three days before it ends, once, and it says so when it has ended', async () => {
  await connect({ only: ['block'] });
  const endings = async () => {
    const { rows } = await admin.query(
      `SELECT count(*)::int AS n FROM audit WHERE tenant_id = $1 AND action = 'connection.ending'`,
      [member.actor.tenantId],
    );
    return rows[0].n;
  };
  const owed = async () => {
    const { rows } = await admin.query(
      `SELECT about || ' ' || listener AS what FROM owed_notices WHERE tenant_id = $1 ORDER BY 1`,
      [member.actor.tenantId],
    );
    return rows.map(({ what }) => what);
  };
  await pass(8 * DAY);
  expect(await endings()).toBe(0);
  expect(await owed()).toEqual([]);
  await pass(3 * DAY + 1);
  expect(await endings()).toBe(1);
  // Days before, to their own address and to their second contact, in whatever browser they are.
  const told = ['ending first', 'ending second'];
  expect(await owed()).toEqual(told);
  await pass(DAY);
  expect(await endings()).toBe(1);
  expect(await owed()).toEqual(told);
  expect(await stateOf()).toMatchObject({ state: 'ready' });
  await pass(3 * DAY);
  expect(await stateOf()).toMatchObject({ state: 'revoked', problem: 'connection_revoked' });
  expect(await owed()).toEqual(['ended first', 'ended second', ...told]);
  expect(await connectByConsent(life, who, { by: member, connectionId })).toMatchObject({ state: 'done' });
  expect(await stateOf()).toMatchObject({ state: 'ready' });
});

test('what its owner takes back at the server is over here too', async () => {
  await connect();
  await life.sandbox.control.perform({ do: 'revoke-sessions', account: who.handle });
  await pass(8 * DAY);
  expect(await stateOf()).toMatchObject({ state: 'revoked', problem: 'connection_revoked' });
});

test('a shield that needs what was declined is refused before anything is sent', async () => {
  await connect({ only: ['mute'] });
  const preview = (action: 'block' | 'mute') =>
    startPreview(member, {
      sources: around(TROLL),
      threshold: 1,
      connectionIds: [connectionId],
      action,
      hold: '6w',
      ...CALM_RULES,
    });
  const before = await life.sandbox.control.counters();
  await expect(preview('block')).rejects.toMatchObject({ problem: 'declined', data: { handle: who.handle } });
  expect(await life.sandbox.control.counters()).toEqual(before);
  expect(await preview('mute')).toMatchObject({ id: expect.any(String) });
  await life.drain.run();
});

test('that a consent was renewed stands in the trail when it is done, and that it was begun when it was', async () => {
  await connect();
  const said = async () => {
    const { rows } = await admin.query<{ action: string; actor_kind: string }>(
      `SELECT action, actor_kind FROM audit WHERE tenant_id = $1 AND action LIKE 'connection.%' ORDER BY xid`,
      [member.actor.tenantId],
    );
    return rows.map(({ action, actor_kind }) => `${actor_kind} ${action}`);
  };
  const first = ['member connection.requested', 'system connection.confirmed'];
  expect(await said()).toEqual(first);
  expect(await connectByConsent(life, who, { by: member, connectionId, visit: { no: true } })).toMatchObject({
    state: 'refused',
  });
  expect(await said()).toEqual([...first, 'member connection.renewing']);
  await connectByConsent(life, who, { by: member, connectionId });
  expect(await said()).toEqual([
    ...first,
    'member connection.renewing',
    'member connection.renewing',
    'system connection.renewed',
  ]);
});
