import { DAY, profileId } from '@secateur/base';
import type { NetworkPort } from '@secateur/networks/port';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type OwnersDb, ownersDb, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Life, startLife } from '../testing/index.ts';
import { getShield, listTargets, raise, undo } from './index.ts';

const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';
const KNOWN = 'known.sandbox.test';
const GONE = 'gone.sandbox.test';
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [
      { handle: ME, password: 'pass-word' },
      { handle: TROLL, followers: 60 },
      { handle: KNOWN, followers: 100_000 },
      { handle: GONE, followers: 100_000 },
    ],
  },
  { do: 'follow', account: KNOWN, subject: [TROLL] },
  { do: 'follow', account: GONE, subject: [TROLL] },
];

let database: TestDatabase;
let life: Life;
let admin: OwnersDb;
let connectionId: string;
/** How many accounts each question was about. */
let asked: number[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  admin = ownersDb(database.admin);
  life = await startLife({ urls: database, world: WORLD, wrap: counting });
  connectionId = await life.connect(ME, 'pass-word');
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  await Promise.all([life.close(), admin.close()]);
  await database.close();
});

function counting(port: NetworkPort): NetworkPort {
  const { many } = port;
  if (!many) return port;
  return {
    ...port,
    many: {
      ...many,
      resolve: (queries) => {
        asked.push(queries.length);
        return many.resolve(queries);
      },
    },
  };
}

async function raised(rules: object): Promise<string> {
  const { id } = await life.preview({ query: TROLL, connectionIds: [connectionId], includeAccount: false, ...rules });
  await life.drain.run();
  await raise(life.member, { id });
  await life.drain.run();
  return id;
}

async function reasons(id: string): Promise<Record<string, string | null>> {
  const { items } = await listTargets(life.member, { id, filter: 'spared', after: null });
  return Object.fromEntries(items.map((item) => [item.handle, item.reason]));
}

test('how many followers somebody has is asked before the plan, where lists don’t tell, and believed for a week', async () => {
  const rules = { forPopular: 'spare', popularAbove: 99_999 } as const;
  const first = await raised(rules);
  expect(asked.reduce((sum, n) => sum + n, 0)).toBe(62);
  expect(Math.max(...asked)).toBeLessThanOrEqual(25);
  expect(await reasons(first)).toEqual({ [KNOWN]: 'popular', [GONE]: 'popular' });
  expect((await getShield(life.member, { id: first })).counts).toMatchObject({ total: 62, spared: 2, done: 60 });
  await undo(life.member, { id: first });
  await life.drain.run();

  asked = [];
  await life.sandbox.control.perform({ do: 'set-status', account: GONE, status: 'deactivated' });
  const second = await raised({ ...rules, popularAbove: 100_000 });
  expect(asked).toEqual([]);
  expect(await reasons(second)).toEqual({});
  await undo(life.member, { id: second });
  await life.drain.run();

  await life.sandbox.control.advance(8 * DAY);
  const gone = profileId('bluesky', (await life.sandbox.control.person(GONE))?.did ?? '');
  const third = await raised(rules);
  expect(asked.length).toBeGreaterThan(0);
  expect(await reasons(third)).toEqual({ [KNOWN]: 'popular' });
  expect(await admin.prisma.profile.findUnique({ where: { id: gone } })).toMatchObject({ verified: false });
  await undo(life.member, { id: third });
  await life.drain.run();
});

test('nobody is asked for what no rule goes by', async () => {
  const id = await raised({});
  expect(asked).toEqual([]);
  expect((await getShield(life.member, { id })).counts.done).toBeGreaterThan(0);
});
