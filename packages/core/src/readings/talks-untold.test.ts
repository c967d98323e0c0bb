import { HOUR, MINUTE } from '@secateur/base';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPreview, getShield, raise } from '../shields/index.ts';
import { type Life, startLife } from '../testing/index.ts';

const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';
const [BEFORE, SINCE, OTHER] = ['before.sandbox.test', 'since.sandbox.test', 'other.sandbox.test'];
const CROWD = [BEFORE, SINCE, OTHER];
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [{ handle: ME, password: 'pass-word' }, { handle: TROLL }, ...CROWD.map((handle) => ({ handle }))],
  },
  ...CROWD.map((handle): Command => ({ do: 'follow', account: handle, subject: [TROLL] })),
  { do: 'post', account: ME, mentions: [BEFORE] },
];

let database: TestDatabase;
let life: Life;
/** The account's server shows its posts to nobody. */
let shut = false;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({
    urls: database,
    world: WORLD,
    wrap: (port) => ({
      ...port,
      actFor: (credentials, renewal) => {
        const account = port.actFor(credentials, renewal);
        return {
          ...account,
          talked: async (since, cursor) =>
            shut ? { items: [], cursor: null, untold: true } : account.talked(since, cursor),
        };
      },
    }),
  });
});
afterAll(async () => {
  await life.close();
  await database.close();
});

async function pass(ms: number): Promise<void> {
  await life.sandbox.control.advance(ms);
  await life.drain.run();
}

test('a server that shuts its posts later: what was read stands, the shield says it, and once it opens nothing was missed', async () => {
  const connectionIds = [await life.connect(ME, 'pass-word')];
  const previewed = async (forTalked: 'spare' | 'nothing') => {
    const { id } = await life.preview({ query: TROLL, connectionIds, hold: '7d', forTalked });
    await life.drain.run();
    return id;
  };
  const talkedWith = async (id: string) => {
    const { sparedPeople } = await getPreview(life.member, { id });
    return sparedPeople.flatMap(({ handle, reason }) => (reason === 'talked' ? [handle] : [])).sort();
  };
  const id = await previewed('spare');
  const other = await previewed('nothing');
  expect(await talkedWith(id)).toEqual([BEFORE]);
  shut = true;
  await life.sandbox.control.perform({ do: 'post', account: ME, mentions: [SINCE] });
  await pass(2 * HOUR);
  for (const each of [id, other]) {
    await raise(life.member, { id: each });
    await life.drain.run();
  }
  const { talksUntold, counts } = await getShield(life.member, { id });
  expect({ talksUntold, spared: counts.spared, pending: counts.pending }).toEqual({
    talksUntold: [ME],
    spared: 1,
    pending: 0,
  });
  expect((await getShield(life.member, { id: other })).talksUntold).toEqual([]);
  shut = false;
  await pass(20 * MINUTE);
  expect(await talkedWith(await previewed('spare'))).toEqual([BEFORE, SINCE]);
  expect((await getShield(life.member, { id })).talksUntold).toEqual([]);
});
