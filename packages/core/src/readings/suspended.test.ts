import { DAY, MINUTE, profileId } from '@secateur/base';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConnections } from '../connections/index.ts';
import { raise, undo } from '../shields/index.ts';
import { connectByConsent, type Life, startLife } from '../testing/index.ts';

const ME = 'me@harbour';
const LOUD = 'loud@quarrel';
const password = 'a-password';

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let id: string;
let crowd: string[];
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({
    urls: database,
    world: [
      {
        do: 'add-fedi-accounts',
        accounts: [
          { server: 'harbour', username: 'me', displayName: null, password, followers: 0, hidesLists: false },
          { server: 'quarrel', username: 'loud', displayName: null, password: null, followers: 5, hidesLists: false },
        ],
      },
    ],
  });
  const { fediverse } = life.sandbox.control;
  await connectByConsent(life, { handle: (await fediverse.person(ME)).handle, password });
  const connectionIds = [String((await listConnections(life.member))[0]?.id)];
  const query = `@${(await fediverse.person(LOUD)).handle}`;
  crowd = (await fediverse.followers(LOUD, 0, 5)).map((one) => one.nativeId);
  ({ id } = await life.preview({ query, connectionIds, hold: 'forever' }));
  await life.drain.run();
  await raise(life.member, { id });
  await life.drain.run();
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

/** Effects on these after the lists were read again. */
async function statesAfterReading(nativeIds: string[]): Promise<string[]> {
  await life.sandbox.control.advance(DAY + MINUTE);
  await life.drain.run();
  const states = nativeIds.map(async (nativeId) => {
    const found = await admin.query('SELECT state FROM effects WHERE profile_id = $1', [
      profileId('mastodon', nativeId),
    ]);
    return String(found.rows[0].state);
  });
  return Promise.all(states);
}

test('somebody whom their server suspended is left out of the list of blocks, and not taken for lifted by hand', async () => {
  const [suspended = '', lifted = '', plain = ''] = crowd;
  expect(await statesAfterReading([suspended, lifted, plain])).toEqual(['applied', 'applied', 'applied']);
  await life.sandbox.control.perform(
    { do: 'fedi-status', account: suspended, status: 'suspended' },
    { do: 'fedi-unblock', account: ME, subject: [lifted] },
  );
  expect(await statesAfterReading([suspended, lifted, plain])).toEqual(['applied', 'undone', 'applied']);
  await undo(life.member, { id });
  await life.drain.run();
  expect((await life.sandbox.control.fediverse.held(ME)).blocks).toEqual([]);
});
