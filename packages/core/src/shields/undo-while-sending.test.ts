import type { ActingAccount, NetworkPort } from '@secateur/networks/port';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Life, startLife } from '../testing/index.ts';
import { getShield, listTargets, raise, undo } from './index.ts';

const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [
      { handle: ME, password: 'pass-word' },
      { handle: TROLL, followers: 5 },
    ],
  },
];

let database: TestDatabase;
let life: Life;
let connectionId: string;
/** What happens just before the next write is sent. */
let meanwhile: (() => Promise<void>) | null = null;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: WORLD, wrap: interrupted });
  connectionId = await life.connect(ME, 'pass-word');
});
afterAll(async () => {
  await life.close();
  await database.close();
});

function interrupted(port: NetworkPort): NetworkPort {
  return {
    ...port,
    actFor(credentials, renewal): ActingAccount {
      const account = port.actFor(credentials, renewal);
      return {
        ...account,
        async apply(...args) {
          const now = meanwhile;
          meanwhile = null;
          await now?.();
          return account.apply(...args);
        },
      };
    },
  };
}

test('a shield undone while it is sent is over, and its counts are those of its people', async () => {
  const { id } = await life.preview({ query: TROLL, connectionIds: [connectionId], hold: 'forever' });
  await life.drain.run();
  // Found only when the shield writes, in the same turn that lifts what it wrote.
  await life.sandbox.control.perform({ do: 'block', account: ME, subject: `${TROLL}#2` });
  meanwhile = () => undo(life.member, { id });
  await raise(life.member, { id });
  await life.drain.run();
  const { state, counts } = await getShield(life.member, { id });
  const { items } = await listTargets(life.member, { id, filter: 'all', after: null });
  const outcomes = Object.groupBy(items, (target) => target.outcome);
  expect(state).toBe('ended');
  expect(counts).toMatchObject({ total: 6, over: 5, already: 1, pending: 0, done: 0 });
  expect({ lifted: outcomes.lifted?.length, already: outcomes.already?.length }).toEqual({ lifted: 5, already: 1 });
});
