import { HOUR, MINUTE } from '@secateur/base';
import type { ActingAccount, NetworkPort } from '@secateur/networks/port';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConnections } from '../connections/index.ts';
import { getShield, raise, undo } from '../shields/index.ts';
import { connectByConsent, type Life, startLife } from '../testing/index.ts';

const ME = 'me@harbour';
const password = 'a-password';
const DEAD = 'the worker was killed';

let database: TestDatabase;
let life: Life;
let connectionId: string;
/** Where a worker dies next. */
let dies: 'before-it-looks' | 'after-it-sent' | null = null;

beforeAll(async () => {
  database = await freshDatabase();
  const people = ['one', 'two', 'three'].map((username) => someone('quarrel', username));
  life = await startLife({
    urls: database,
    wrap: mortal,
    world: [{ do: 'add-fedi-accounts', accounts: [someone('harbour', 'me', password), ...people] }],
  });
  const me = await life.sandbox.control.fediverse.person(ME);
  await connectByConsent(life, { handle: me.handle, password });
  connectionId = String((await listConnections(life.member))[0]?.id);
});
afterAll(async () => {
  await life.close();
  await database.close();
});

function someone(server: string, username: string, secret: string | null = null) {
  return { server, username, displayName: null, password: secret, followers: 0, hidesLists: false };
}

function mortal(port: NetworkPort): NetworkPort {
  const die = (at: typeof dies) => {
    if (dies !== at) return;
    dies = null;
    throw new Error(DEAD);
  };
  return {
    ...port,
    actFor(credentials, renewal): ActingAccount {
      const account = port.actFor(credentials, renewal);
      return {
        ...account,
        async relations(others) {
          die('before-it-looks');
          return account.relations(others);
        },
        async apply(...write) {
          const written = await account.apply(...write);
          die('after-it-sent');
          return written;
        },
      };
    },
  };
}

const heldBy = async (name: string) => {
  const { nativeId } = await life.sandbox.control.fediverse.person(name);
  const { blocks } = await life.sandbox.control.fediverse.held(ME);
  return blocks.some((one) => one.nativeId === nativeId);
};

/** Raises a shield against somebody, in the middle of which a worker dies. */
async function raisedAndKilled(name: string, where: typeof dies): Promise<string> {
  const { handle } = await life.sandbox.control.fediverse.person(name);
  const { id } = await life.preview({ query: `@${handle}`, connectionIds: [connectionId], includeFollowers: false });
  await life.drain.run();
  await raise(life.member, { id });
  dies = where;
  await expect(life.drain.run()).rejects.toThrow(DEAD);
  return id;
}

async function goOn(): Promise<void> {
  await life.sandbox.control.advance(10 * MINUTE);
  await life.drain.run();
}

test('a block made by hand before a dead worker had looked stays the user’s own', async () => {
  const id = await raisedAndKilled('one@quarrel', 'before-it-looks');
  await life.sandbox.control.perform({ do: 'fedi-block', account: ME, subject: 'one@quarrel' });
  await goOn();
  // There is nothing of it left to do.
  const shield = await getShield(life.member, { id });
  expect(shield).toMatchObject({ state: 'ended', counts: { already: 1, done: 0 } });
  await goOn();
  expect(await heldBy('one@quarrel')).toBe(true);
});

test('what a dead worker had sent is known to be ours, and lifted in the end', async () => {
  const id = await raisedAndKilled('two@quarrel', 'after-it-sent');
  expect(await heldBy('two@quarrel')).toBe(true);
  await goOn();
  expect((await getShield(life.member, { id })).counts).toMatchObject({ already: 0, done: 1 });
  await undo(life.member, { id });
  await goOn();
  expect(await heldBy('two@quarrel')).toBe(false);
});

test('what a dead worker had not come to look at is done by the next', async () => {
  const id = await raisedAndKilled('three@quarrel', 'before-it-looks');
  await goOn();
  await life.sandbox.control.advance(HOUR);
  await life.drain.run();
  expect((await getShield(life.member, { id })).counts).toMatchObject({ done: 1 });
  expect(await heldBy('three@quarrel')).toBe(true);
});
