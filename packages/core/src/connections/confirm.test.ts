import { withTenant } from '@secateur/db';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Life, startLife } from '../testing/index.ts';
import { confirmConnection, connect, listConnections } from './index.ts';

let database: TestDatabase;
let life: Life;
/** Sign-ins wait for each other here: as many as are said. */
let together = 1;
let waiting: (() => void)[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({
    urls: database,
    world: [{ do: 'add-accounts', accounts: [{ handle: 'me.sandbox.test', password: 'right' }] }],
    wrap: (port) => ({
      ...port,
      async signIn(handle, password) {
        const turn = Promise.withResolvers<void>();
        waiting.push(turn.resolve);
        if (waiting.length >= together) for (const go of waiting.splice(0)) go();
        await turn.promise;
        return port.signIn(handle, password);
      },
    }),
  });
});
afterAll(async () => {
  await life.close();
  await database.close();
});

const confirmTwice = async (password: string) => {
  together = 2;
  waiting = [];
  const { id } = await connect(life.member, { network: 'bluesky', handle: 'me.sandbox.test', password });
  const ref = { tenantId: life.member.actor.tenantId, connectionId: id };
  await Promise.all([confirmConnection(life.worker, ref), confirmConnection(life.worker, ref)]);
  return (await listConnections(life.member)).map(({ state, problem }) => [state, problem]);
};

test('two workers that try the same password at once come to one end', async () => {
  expect(await confirmTwice('wrong')).toEqual([['refused', 'wrong_password']]);
  expect(await confirmTwice('right')).toEqual([['ready', null]]);
});

test('what a web app sealed is kept under the tenant’s key before the network is asked', async () => {
  together = 1;
  const { tenantId } = life.member.actor;
  await life.sandbox.control.addAccounts([{ handle: 'other.sandbox.test', password: 'right' }]);
  const fault = await life.sandbox.control.addFault({ kind: '503', method: 'com.atproto.server.createSession' });
  const { id } = await connect(life.member, { network: 'bluesky', handle: 'other.sandbox.test', password: 'right' });
  const stage = async () => {
    const row = await withTenant(life.worker.prisma, tenantId, (tx) =>
      tx.connection.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } } }),
    );
    return row.sealed?.[0];
  };
  expect(await stage()).toBe(3);
  await confirmConnection(life.worker, { tenantId, connectionId: id });
  expect(await stage()).toBe(2);
  await life.sandbox.control.removeFault(fault.id);
  await confirmConnection(life.worker, { tenantId, connectionId: id });
  const connections = await listConnections(life.member);
  expect(connections.find((one) => one.id === id)?.state).toBe('ready');
});
