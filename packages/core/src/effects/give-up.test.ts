import { profileId } from '@secateur/base';
import { createDb, type Db } from '@secateur/db';
import type { NetworkPort } from '@secateur/networks/port';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getShield, raise } from '../shields/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { act } from './act.ts';

const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';
const WORLD: Command[] = [{ do: 'add-accounts', accounts: [{ handle: ME, password: 'pass-word' }, { handle: TROLL }] }];

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let db: Db;
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: WORLD });
  db = createDb(database.worker, { max: 2 });
});
afterAll(async () => {
  await db.close();
  await life.close();
  await admin.end();
  await database.close();
});

test('a claim is given up as soon as a database that was away is back', async () => {
  const connectionId = await life.connect(ME, 'pass-word');
  const { id } = await life.preview({ query: TROLL, connectionIds: [connectionId], includeFollowers: false });
  await life.drain.run();
  await raise(life.member, { id });
  await life.drain.step();

  // The report finds no database, and neither do the first two attempts to give up.
  let away = 0;
  const connect = db.pool.connect.bind(db.pool);
  db.pool.connect = (async () => {
    if (away === 0) return connect();
    away -= 1;
    throw new Error('the database is away');
  }) as typeof db.pool.connect;
  const port = life.worker.networks.bluesky;
  if (!port) throw new Error('no network');
  const leaving: NetworkPort = {
    ...port,
    actFor(credentials, rotated) {
      const account = port.actFor(credentials, rotated);
      return {
        ...account,
        async apply(...args) {
          const written = await account.apply(...args);
          away = 3;
          return written;
        },
      };
    },
  };
  const ctx = { ...life.worker, prisma: db.prisma, networks: { bluesky: leaving } };
  const accountId = profileId('bluesky', (await life.sandbox.control.person(ME))?.did ?? '');
  await expect(act(ctx, { tenantId: life.member.actor.tenantId, accountId })).rejects.toThrow('away');
  expect(away).toBe(0);
  const { rows } = await admin.query('SELECT holder, wake_at IS NOT NULL AS wakes FROM network_accounts');
  expect(rows).toEqual([{ holder: null, wakes: true }]);

  await life.sandbox.control.advance(3_600_000);
  await life.drain.run();
  expect((await getShield(life.member, { id })).counts).toMatchObject({ pending: 0, done: 1 });
});
