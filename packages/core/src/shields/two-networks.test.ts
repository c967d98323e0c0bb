import { MINUTE, SECOND } from '@secateur/base';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConnections } from '../connections/index.ts';
import { around, connectByConsent, type Life, startLife } from '../testing/index.ts';
import { getPreview, getShield, raise, undo } from './index.ts';

const HERE = 'me.sandbox.test';
const password = 'a-password';

let database: TestDatabase;
let life: Life;
let connectionIds: string[];
let there: string;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({
    urls: database,
    world: [
      {
        do: 'add-accounts',
        accounts: [
          { handle: HERE, password },
          { handle: 'loud.sandbox.test', followers: 12 },
        ],
      },
      {
        do: 'add-fedi-accounts',
        accounts: [
          { server: 'harbour', username: 'me', password },
          { server: 'quarrel', username: 'loud', followers: 8 },
        ],
      },
    ],
  });
  const { fediverse } = life.sandbox.control;
  there = (await fediverse.person('loud@quarrel')).handle;
  await life.connect(HERE, password);
  await connectByConsent(life, { handle: (await fediverse.person('me@harbour')).handle, password });
  connectionIds = (await listConnections(life.member)).map(({ id }) => id);
});
afterAll(async () => {
  await life.close();
  await database.close();
});

const made = async () => ({
  bluesky: (await life.sandbox.control.records('app.bsky.graph.block', HERE)).flatMap((r) => r.records).length,
  mastodon: (await life.sandbox.control.fediverse.held('me@harbour')).blocks.length,
});

test('one shield acts on each network against whom was named there, and is undone on both', async () => {
  const sources = [...around('loud.sandbox.test'), ...around(`@${there}`)];
  const { id } = await life.preview({ sources, connectionIds, hold: 'forever' });
  await life.drain.run();
  const view = await getPreview(life.member, { id });
  expect(view).toMatchObject({ state: 'ready', toDo: 13 + 9, meant: { soFar: 22, atMost: 22 } });
  expect(view.networks).toMatchObject([
    { accounts: 1, endsFollows: expect.any(Boolean) },
    { accounts: 1, endsFollows: expect.any(Boolean) },
  ]);
  await raise(life.member, { id });
  for (let n = 0; n < 3; n += 1) {
    await life.drain.run();
    await life.sandbox.control.advance(6 * MINUTE);
  }
  expect(await made()).toEqual({ bluesky: 13, mastodon: 9 });
  expect((await getShield(life.member, { id })).counts).toMatchObject({ total: 22, done: 22, pending: 0 });
  await undo(life.member, { id });
  for (let n = 0; n < 3; n += 1) {
    await life.drain.run();
    await life.sandbox.control.advance(6 * MINUTE);
  }
  expect(await made()).toEqual({ bluesky: 0, mastodon: 0 });
});

test('a source that can’t be found says so itself, and the others are listed all the same', async () => {
  const sources = [...around('loud.sandbox.test'), ...around('nobody-at-all.sandbox.test', { account: false })];
  const { id } = await life.preview({ sources: [...sources, ...sources.slice(1, 2)], connectionIds });
  await life.drain.run();
  // What was listed before is shown as slowly as what is listed now.
  await life.sandbox.control.advance(SECOND);
  const view = await getPreview(life.member, { id });
  expect(view).toMatchObject({ state: 'failed', problem: 'unknown_handle' });
  expect(view.sources).toMatchObject([
    { kind: 'account', state: 'ready', problem: null },
    { kind: 'followers', state: 'ready', problem: null, listed: 12 },
    { kind: 'followers', state: 'failed', problem: 'unknown_handle', listed: 0 },
    { kind: 'followers', state: 'failed', problem: 'named_twice' },
  ]);
  expect(view.connections).toMatchObject([{ network: 'bluesky' }]);
  await expect(raise(life.member, { id })).rejects.toMatchObject({ problem: 'invalid_input' });
});
