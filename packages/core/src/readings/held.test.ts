import type { ActingAccount, HeldPage, NetworkPort } from '@secateur/networks/port';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getShield, raise, undo } from '../shields/index.ts';
import { type Life, startLife } from '../testing/index.ts';

const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [
      { handle: ME, password: 'pass-word' },
      { handle: TROLL, followers: 3 },
    ],
  },
];

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let connectionId: string;
/** What happens between the network's answer to a reading and its being written down. */
let meanwhile: (() => Promise<void>) | null = null;
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: WORLD, wrap: slow });
  connectionId = await life.connect(ME, 'pass-word');
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

function slow(port: NetworkPort): NetworkPort {
  return {
    ...port,
    actFor(credentials, rotated): ActingAccount {
      const account = port.actFor(credentials, rotated);
      return {
        ...account,
        async held(action, range): Promise<HeldPage> {
          const page = await account.held(action, range);
          const now = meanwhile;
          meanwhile = null;
          await now?.();
          return page;
        },
      };
    },
  };
}

async function raised(action: 'block' | 'mute'): Promise<string> {
  const { id } = await life.preview({ query: TROLL, connectionIds: [connectionId], hold: 'forever', action });
  await life.drain.run();
  await raise(life.member, { id });
  await life.drain.run();
  return id;
}

async function reread(kind: 'blocks' | 'mutes'): Promise<void> {
  await admin.query('UPDATE readings SET wake_at = $1 WHERE kind = $2', [life.sandbox.clock.now(), kind]);
  await life.drain.run();
}

test.each(['block', 'mute'] as const)(
  'a %s lifted while the list that shows it is read is not taken for hand-made',
  async (action) => {
    const first = await raised(action);
    const { done } = (await getShield(life.member, { id: first })).counts;
    expect(done).toBeGreaterThan(1);
    meanwhile = async () => {
      await undo(life.member, { id: first });
      await life.drain.run();
    };
    await reread(action === 'block' ? 'blocks' : 'mutes');
    expect((await getShield(life.member, { id: first })).state).toBe('ended');
    const second = await raised(action);
    expect((await getShield(life.member, { id: second })).counts).toMatchObject({ done, already: 0, pending: 0 });
    await undo(life.member, { id: second });
    await life.drain.run();
  },
);
