import { DAY } from '@secateur/base';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wakeDue } from '../fleet/index.ts';
import { createDrain, type Drain, type Life, startLife } from '../testing/index.ts';
import { extend, getShield, pause, raise, resume, undo } from './index.ts';

const ACCOUNTS = ['me.sandbox.test', 'alt.sandbox.test'];
const TROLL = 'troll.sandbox.test';
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [...ACCOUNTS.map((handle) => ({ handle, password: 'pass-word' })), { handle: TROLL, followers: 500 }],
  },
];
/** Workers beside each other. */
const WORKERS = 3;

let database: TestDatabase;
let life: Life;
let drains: Drain[];
const connectionIds: string[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: WORLD });
  for (const handle of ACCOUNTS) connectionIds.push(await life.connect(handle, 'pass-word'));
  const { queue } = database;
  drains = Array.from({ length: WORKERS }, () => createDrain(life.worker, queue));
});
afterAll(async () => {
  await Promise.all(drains.map((drain) => drain.close()));
  await life.close();
  await database.close();
});

/** Workers that do what there is to do until `over`. */
async function working(over: Promise<unknown>): Promise<void> {
  let done = false;
  void over.finally(() => {
    done = true;
  });
  await Promise.all(
    drains.map(async (drain) => {
      while (!done) if (!(await drain.step())) await wakeDue(life.worker);
    }),
  );
}

test('a member can steer a shield while its workers are busy with it', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 2; n += 1) {
    const { id } = await life.preview({ query: TROLL, connectionIds, hold: '7d' });
    await life.drain.run();
    ids.push(id);
  }
  const steering = (async () => {
    for (const id of ids) await raise(life.member, { id });
    for (let n = 0; n < 12; n += 1) {
      const id = ids[n % 2] ?? '';
      await pause(life.member, { id });
      await extend(life.member, { id, hold: n % 3 === 0 ? '1d' : '30d' });
      await resume(life.member, { id });
    }
    for (const id of ids) await undo(life.member, { id });
  })();
  await Promise.all([steering, working(steering)]);
  await life.sandbox.control.advance(DAY);
  await life.drain.run();
  for (const id of ids) expect((await getShield(life.member, { id })).state).toBe('ended');
  expect(await life.sandbox.control.records('app.bsky.graph.block')).toEqual(
    expect.not.arrayContaining([expect.objectContaining({ records: expect.arrayContaining([expect.anything()]) })]),
  );
});
