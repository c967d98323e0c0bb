import { DAY, profileId } from '@secateur/base';
import type { NetworkPort, Write } from '@secateur/networks/port';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { raise } from '../shields/index.ts';
import { type Life, startLife } from '../testing/index.ts';

const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';
const WORLD: Command[] = [{ do: 'add-accounts', accounts: [{ handle: ME, password: 'pass-word' }, { handle: TROLL }] }];
const NET = 14 * DAY;

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let connectionId: string;
let muted: Write[] = [];

/** The network as if it ended mutes by itself and told what is held. */
function timed(port: NetworkPort): NetworkPort {
  const { block, mute } = port.abilities;
  return {
    ...port,
    abilities: { block, mute: mute && { ...mute, safetyNet: NET } },
    actFor(credentials, renewal) {
      const account = port.actFor(credentials, renewal);
      return {
        ...account,
        async relations(others) {
          const held = await life.sandbox.control.mutes(ME);
          const relations = await account.relations(others);
          return relations.map((one) => ({ ...one, held: held.includes(one.nativeId) ? ['mute'] : [] }));
        },
        async apply(action, writes, fence, at) {
          muted.push(...writes);
          return account.apply(action, writes, fence, at);
        },
      };
    },
  };
}

beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: WORLD, wrap: timed });
  connectionId = await life.connect(ME, 'pass-word');
});
beforeEach(() => {
  muted = [];
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

async function muteFor(hold: '1d' | '6w'): Promise<void> {
  const connectionIds = [connectionId];
  const { id } = await life.preview({ query: TROLL, connectionIds, hold, action: 'mute', includeFollowers: false });
  await life.drain.run();
  await raise(life.member, { id });
  await life.drain.run();
}

const later = async (ms: number) => {
  await life.sandbox.control.advance(ms);
  await life.drain.run();
};
const now = () => life.sandbox.clock.now().getTime();
const effect = async () => {
  const troll = profileId('bluesky', (await life.sandbox.control.person(TROLL))?.did ?? '');
  const { rows } = await admin.query('SELECT state, confirmed_at, due_at FROM effects WHERE profile_id = $1', [troll]);
  return rows[0];
};

test('a mute carries when its cover ends, and one that is covered for longer is renewed before the network ends it', async () => {
  const begun = now();
  await muteFor('1d');
  expect(muted).toHaveLength(1);
  expect(muted[0]?.until?.getTime()).toBeGreaterThanOrEqual(begun + DAY);
  expect(muted[0]?.until?.getTime()).toBeLessThan(begun + 1.06 * DAY);
  const first = await effect();

  await muteFor('6w');
  muted = [];
  await later(2 * DAY);
  // Its first cover is over: before the network's own end, which would be 14 days later, it hears of the new one.
  expect(muted).toHaveLength(1);
  expect(muted[0]?.until?.getTime()).toBeGreaterThanOrEqual(begun + 42 * DAY);
  const kept = await effect();
  expect(kept).toMatchObject({ state: 'applied', confirmed_at: first.confirmed_at });
  expect(kept.due_at.getTime()).toBeLessThanOrEqual(now() + NET / 2);

  // And again, so that one that is lost is made up for in time.
  await later(NET / 2);
  expect(muted).toHaveLength(2);
  for (let week = 0; week < 6; week++) await later(7 * DAY);
  expect(await life.sandbox.control.mutes(ME)).toEqual([]);
  expect(await effect()).toMatchObject({ state: 'absent' });
});

test('what the user ended by hand is not renewed', async () => {
  await muteFor('1d');
  await muteFor('6w');
  muted = [];
  await life.sandbox.control.perform({ do: 'unmute', account: ME, subject: TROLL });
  await later(2 * DAY);
  expect(muted).toEqual([]);
  expect(await effect()).toMatchObject({ state: 'undone' });
});
