import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { disconnect } from '../leaving/index.ts';
import { sealForTenant } from '../secrets/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { credentialsOf } from './credentials.ts';
import { actingFor, confirmConnection, connect, listConnections, reconnect, tryRenewal } from './index.ts';

let database: TestDatabase;
let life: Life;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: [] });
});
afterAll(async () => {
  await life.close();
  await database.close();
});

let made = 0;
const SIGN_IN = 'com.atproto.server.createSession';

/** An account that is connected, and what a worker would do with it. */
async function connected(): Promise<{ handle: string; id: string; ref: { tenantId: string; connectionId: string } }> {
  made += 1;
  const handle = `renewed${made}.sandbox.test`;
  await life.sandbox.control.addAccounts([{ handle, password: 'right' }]);
  const id = await life.connect(handle, 'right');
  return { handle, id, ref: { tenantId: life.member.actor.tenantId, connectionId: id } };
}

const one = async (id: string) => (await listConnections(life.member)).find((row) => row.id === id);
const inTenant = <T>(work: Parameters<typeof withTenant<T>>[2]) =>
  withTenant(life.worker.prisma, life.member.actor.tenantId, work);
const rowOf = (id: string) =>
  inTenant((tx) =>
    tx.connection.findUniqueOrThrow({ where: { tenantId_id: { tenantId: life.member.actor.tenantId, id } } }),
  );
/** Whether its stored credentials let us in: asks the network with them. */
const acts = async (id: string) => {
  const { account } = await actingFor(life.worker, life.member.actor.tenantId, id);
  await account.renew();
  return true;
};

test('a wrong password for an account that works leaves what works where it is, and says so', async () => {
  const { id } = await connected();
  const before = await rowOf(id);
  await reconnect(life.member, { id, password: 'wrong' });
  expect(await one(id)).toMatchObject({ state: 'ready', problem: null, renewing: true, renewalProblem: null });
  await life.drain.run();
  expect(await one(id)).toMatchObject({
    state: 'ready',
    problem: null,
    renewing: false,
    renewalProblem: 'wrong_password',
  });
  expect((await rowOf(id)).sealed).toEqual(before.sealed);
  expect(await acts(id)).toBe(true);
  await reconnect(life.member, { id, password: 'right' });
  await life.drain.run();
  expect(await one(id)).toMatchObject({ state: 'ready', renewing: false, renewalProblem: null });
  expect((await rowOf(id)).version).toBeGreaterThan(before.version);
  expect(await acts(id)).toBe(true);
});

test('another account’s password does not take the place of what works', async () => {
  const { id, ref } = await connected();
  const { handle: other } = await connected();
  const before = await rowOf(id);
  await inTenant((tx) =>
    tx.connection.update({ where: { tenantId_id: { tenantId: ref.tenantId, id } }, data: { handle: other } }),
  );
  await reconnect(life.member, { id, password: 'right' });
  await life.drain.run();
  expect(await one(id)).toMatchObject({ state: 'ready', renewalProblem: 'connection_elsewhere' });
  expect((await rowOf(id)).sealed).toEqual(before.sealed);
});

test('one that is leaving and still works goes on leaving after a wrong password, and is taken up again by a right one', async () => {
  const { id, handle } = await connected();
  await life.sandbox.control.addFault({ kind: '503', method: 'com.atproto.server.deleteSession' });
  await disconnect(life.member, { id, blocks: 'in_time' });
  const before = await rowOf(id);
  expect(before.state).toBe('leaving');
  await connect(life.member, { network: 'bluesky', handle, password: 'wrong' });
  expect(await rowOf(id)).toMatchObject({ state: 'leaving', sealed: before.sealed, version: before.version });
  await tryRenewal(life.worker, { tenantId: life.member.actor.tenantId, connectionId: id });
  expect(await rowOf(id)).toMatchObject({ state: 'leaving', sealed: before.sealed });
  expect((await one(id))?.renewalProblem).toBe('wrong_password');
  await connect(life.member, { network: 'bluesky', handle, password: 'right' });
  await tryRenewal(life.worker, { tenantId: life.member.actor.tenantId, connectionId: id });
  expect(await one(id)).toMatchObject({ state: 'ready', leaving: null, renewalProblem: null });
  await life.sandbox.control.clearFaults();
});

test('who disconnects while a password is looked at stays disconnected', async () => {
  const { id, ref } = await connected();
  await reconnect(life.member, { id, password: 'right' });
  await disconnect(life.member, { id, blocks: 'in_time' });
  await tryRenewal(life.worker, ref);
  expect((await rowOf(id)).state).toBe('leaving');
  await life.drain.run();
});

test('while the network is away it waits under the tenant’s key, and goes on by itself', async () => {
  const { id, ref } = await connected();
  const fault = await life.sandbox.control.addFault({ kind: '503', method: SIGN_IN });
  await reconnect(life.member, { id, password: 'right' });
  const stage = async () => (await inTenant((tx) => tx.renewal.findFirst({ where: ref })))?.sealed?.[0];
  expect(await stage()).toBe(3);
  expect(await tryRenewal(life.worker, ref)).toMatchObject({ reason: 'network_away' });
  expect(await stage()).toBe(2);
  expect(await one(id)).toMatchObject({ state: 'ready', renewing: true });
  await life.sandbox.control.removeFault(fault.id);
  await life.sandbox.control.advance(3_600_000);
  await life.drain.run();
  expect(await one(id)).toMatchObject({ state: 'ready', renewing: false, renewalProblem: null });
});

test('a password is shown to the server of the handle that it was sealed with, whatever the row says by then', async () => {
  const handles = ['mine.sandbox.test', 'theirs.sandbox.test'];
  await life.sandbox.control.addAccounts(handles.map((handle) => ({ handle, password: 'right' })));
  const { id } = await connect(life.member, { network: 'bluesky', handle: handles[0] ?? '', password: 'right' });
  const { tenantId } = life.member.actor;
  await inTenant((tx) =>
    tx.connection.update({ where: { tenantId_id: { tenantId, id } }, data: { handle: 'theirs.sandbox.test' } }),
  );
  await life.drain.run();
  expect(await one(id)).toMatchObject({ state: 'ready', handle: 'mine.sandbox.test' });
});

test('a password that was sealed without its handle is sent nowhere, and the page says what to do', async () => {
  await life.sandbox.control.addAccounts([{ handle: 'old.sandbox.test', password: 'right' }]);
  const { id } = await connect(life.member, { network: 'bluesky', handle: 'old.sandbox.test', password: 'right' });
  const { tenantId } = life.member.actor;
  const { version } = await rowOf(id);
  const text = JSON.stringify({ password: 'right' });
  await inTenant(async (tx) => {
    const binding = credentialsOf({ tenantId, network: 'bluesky', id, version });
    const sealed = await sealForTenant(tx, life.member.sealingKey, life.worker.clock.now(), binding, text);
    await tx.connection.update({ where: { tenantId_id: { tenantId, id } }, data: { sealed } });
  });
  await confirmConnection(life.worker, { tenantId, connectionId: id });
  expect(await one(id)).toMatchObject({ state: 'refused', problem: 'connection_revoked' });
});

test('an account that moves here is not let in by a password meanwhile', async () => {
  const { id, ref } = await connected();
  await inTenant((tx) =>
    tx.connection.update({ where: { tenantId_id: { tenantId: ref.tenantId, id } }, data: { state: 'moving' } }),
  );
  await expect(reconnect(life.member, { id, password: 'wrong' })).rejects.toMatchObject(
    new Refusal('already_done', { handle: (await rowOf(id)).handle }),
  );
});
