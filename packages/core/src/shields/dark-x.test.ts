import { DAY, MINUTE } from '@secateur/base';
import type { NetworkPort } from '@secateur/networks/port';
import { createX } from '@secateur/networks/x';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConnections } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { beginSignIn, viewFlow } from '../oauth/index.ts';
import { setSpendingCap } from '../spending/index.ts';
import { connectByConsent, createDrain, type Drain, type Life, newBrowser, startLife } from '../testing/index.ts';
import { getPreview, getShield, raise } from './index.ts';

const password = 'a-password';
const CROWD = 6;

let database: TestDatabase;
let life: Life;
let dark: NetworkPort & { close(): Promise<void> };
/** Workers of an installation whose app at X is gone. */
let without: Drain;
let connectionId: string;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({
    urls: database,
    world: [
      {
        do: 'add-x-accounts',
        accounts: [
          { username: 'me', password },
          { username: 'loud', followers: CROWD },
        ],
      },
    ],
  });
  const gate = { pass: async () => {} };
  dark = createX({
    app: null,
    signInApp: null,
    enterprise: false,
    gate,
    narrowGate: gate,
    allowLoopback: true,
    clock: life.worker.clock,
    appUrl: 'http://localhost:3420',
  });
  const ctx: WorkerContext = { ...life.worker, networks: { ...life.worker.networks, x: dark } };
  without = createDrain(ctx, database.queue);
  await connectByConsent(life, { handle: 'me', password });
  connectionId = String((await listConnections(life.member))[0]?.id);
  await setSpendingCap(life.member, { cents: 5_000 });
});
afterAll(async () => {
  await without.close();
  await dark.close();
  await life.close();
  await database.close();
});

const muted = async () => (await life.sandbox.control.x.held('me')).mutes.length;
async function pass(drain: Drain, ms: number, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) {
    await life.sandbox.control.advance(ms);
    await drain.run();
  }
}

test('who would sign in with X, or connect an account there, is told that this installation can’t', async () => {
  const browser = newBrowser(life);
  const flow = await beginSignIn(browser, { network: 'x', account: 'me', connect: true, back: '/accounts' });
  await without.run();
  expect(await viewFlow(browser, flow)).toMatchObject({ state: 'refused', problem: 'network_closed' });
});

test('a preview there says so, and one on another network has nothing to do with it', async () => {
  const sources = [{ kind: 'followers' as const, network: 'x' as const, query: '@somebody' }];
  const { id } = await life.preview({ sources, connectionIds: [connectionId], action: 'mute' });
  await without.run();
  expect((await getPreview(life.member, { id })).sources).toMatchObject([{ problem: 'network_closed' }]);
  await life.sandbox.control.addAccounts([
    { handle: 'me.sandbox.test', password },
    { handle: 'loud.sandbox.test', followers: 5 },
  ]);
  const elsewhere = await life.connect('me.sandbox.test', password);
  const { id: other } = await life.preview({ query: 'loud.sandbox.test', connectionIds: [elsewhere] });
  await without.run();
  expect(await getPreview(life.member, { id: other })).toMatchObject({ problem: null, listed: 6 });
});

test('what is held there stays known, waits for the app, and is lifted when there is one again', async () => {
  const sources = [{ kind: 'followers' as const, network: 'x' as const, query: '@loud' }];
  const { id } = await life.preview({ sources, connectionIds: [connectionId], action: 'mute', hold: '30d' });
  await life.drain.run();
  await raise(life.member, { id });
  await life.drain.run();
  await pass(life.drain, 16 * MINUTE, 2);
  expect(await muted()).toBe(CROWD);

  await pass(without, 33 * DAY);
  await pass(without, 16 * MINUTE, 3);
  expect(await muted()).toBe(CROWD);
  const waiting = await getShield(life.member, { id });
  expect(waiting).toMatchObject({ waiting: { why: 'closed' } });
  expect(waiting.state).not.toBe('ended');
  expect((await listConnections(life.member)).find((one) => one.id === connectionId)).toMatchObject({ state: 'ready' });

  await pass(life.drain, DAY);
  await pass(life.drain, 16 * MINUTE, 3);
  expect(await muted()).toBe(0);
  expect(await getShield(life.member, { id })).toMatchObject({ state: 'ended' });
});
