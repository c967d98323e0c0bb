import { DAY, profileId } from '@secateur/base';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { raise } from '../shields/index.ts';
import { type Life, startLife } from '../testing/index.ts';

const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';
const WORLD: Command[] = [{ do: 'add-accounts', accounts: [{ handle: ME, password: 'pass-word' }, { handle: TROLL }] }];

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let untold = true;
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({
    urls: database,
    world: WORLD,
    // A network that mutes, and lists nobody.
    wrap: (port) => ({
      ...port,
      actFor: (credentials, renewal) => ({
        ...port.actFor(credentials, renewal),
        held: async () => ({ items: [], cursor: null, untold }),
      }),
    }),
  });
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

test('nothing is taken for lifted by hand because a network that does not tell all did not tell of it', async () => {
  const connectionIds = [await life.connect(ME, 'pass-word')];
  const { id } = await life.preview({
    query: TROLL,
    connectionIds,
    hold: 'forever',
    action: 'mute',
    includeFollowers: false,
  });
  await life.drain.run();
  await raise(life.member, { id });
  await life.drain.run();
  const troll = profileId('bluesky', (await life.sandbox.control.person(TROLL))?.did ?? '');
  const state = async () => {
    await life.sandbox.control.advance(DAY + 1);
    await life.drain.run();
    return (await admin.query('SELECT state FROM effects WHERE profile_id = $1', [troll])).rows[0].state;
  };
  expect(await state()).toBe('applied');
  // The same list of a network that tells all means what it says.
  untold = false;
  expect(await state()).toBe('undone');
});
