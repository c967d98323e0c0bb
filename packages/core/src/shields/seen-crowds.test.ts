import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConnections } from '../connections/index.ts';
import { connectByConsent, type Life, startLife } from '../testing/index.ts';
import { getPreview, getShield, raise } from './index.ts';
import type { PreviewInput } from './schemas.ts';

const ME = 'me@harbour';
const LOUD = 'loud@quarrel';
const CROWD = 60;
const password = 'a-password';

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let crowd: string[];
let post: string;
let list: string;
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
          { server: 'harbour', username: 'me', password },
          { server: 'harbour', username: 'near' },
          { server: 'quarrel', username: 'loud', followers: CROWD },
        ],
      },
    ],
  });
  const { control } = life.sandbox;
  crowd = (await control.fediverse.followers(LOUD, 0, CROWD)).map(({ nativeId }) => nativeId);
  // A server knows all who quoted what was written there, and of others those whom it heard of.
  await control.perform({ do: 'fedi-post', account: 'near@harbour', text: 'Get them' });
  post = String((await control.fediverse.posts())[0]?.link);
  await control.perform(
    { do: 'fedi-quote', account: crowd.slice(0, 45), post },
    { do: 'fedi-follow', account: ME, subject: crowd.slice(0, 2) },
    { do: 'fedi-add-list', account: ME, title: 'Rude people', members: crowd.slice(44, 50) },
  );
  list = String((await control.fediverse.lists())[0]?.address);
  await connectByConsent(life, { handle: (await control.fediverse.person(ME)).handle, password });
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

async function mine() {
  const [connection] = await listConnections(life.member);
  if (!connection) throw new Error('no account is connected');
  return connection;
}

async function previewed(...sources: [kind: 'quoters' | 'list' | 'likers', query: string][]) {
  const { id } = await life.preview({
    connectionIds: [(await mine()).id],
    sources: sources.map(([kind, query]): PreviewInput['sources'][number] => ({ kind, network: 'mastodon', query })),
  });
  await life.drain.run();
  return { id, view: await getPreview(life.member, { id }) };
}

async function allow(crowds: ('quoters' | 'list')[]): Promise<void> {
  const { id, handle } = await mine();
  await connectByConsent(life, { handle, password }, { connectionId: id, crowds });
}

test('a crowd that only an account may list waits until that account lets us, and is listed then', async () => {
  expect((await mine()).crowds).toEqual([]);
  const { id, view } = await previewed(['quoters', post]);
  expect(view).toMatchObject({ state: 'failed', problem: 'reading_needed', listed: 0 });
  await expect(raise(life.member, { id })).rejects.toMatchObject({ problem: 'invalid_input' });

  await allow(['quoters']);
  expect((await mine()).crowds).toEqual(['quoters']);
  const seen = await getPreview(life.member, { id });
  expect(seen).toMatchObject({ state: 'ready', problem: null, listed: 45, toDo: 43 });
  expect(seen.sources).toMatchObject([{ kind: 'quoters', uploadId: null, listed: 45, expected: 45 }]);
  expect(seen.sparedPeople).toHaveLength(2);

  await raise(life.member, { id });
  await life.drain.run();
  const { counts } = await getShield(life.member, { id });
  expect(counts).toMatchObject({ total: 45, spared: 2, failed: 0, done: 43 });
});

test('each crowd needs the right for it alone, and it ends when it is not asked for again', async () => {
  await allow(['quoters']);
  expect((await previewed(['list', list])).view).toMatchObject({ problem: 'reading_needed' });
  await allow(['list']);
  expect((await mine()).crowds).toEqual(['list']);
  const { view } = await previewed(['list', list]);
  expect(view).toMatchObject({ state: 'ready', listed: 6 });
  expect((await previewed(['quoters', post])).view).toMatchObject({ problem: 'reading_needed' });
  await allow([]);
  expect((await mine()).crowds).toEqual([]);
});

test('what an account is shown is its tenant’s alone: it becomes no audience that another could come by', async () => {
  await allow(['quoters', 'list']);
  await previewed(['quoters', post], ['list', list], ['likers', post]);
  const { rows } = await admin.query(
    `SELECT kind FROM audiences WHERE network = 'mastodon' GROUP BY kind ORDER BY kind`,
  );
  expect(rows.map((row) => row.kind)).toEqual(['likers']);
  const kept = await admin.query(`SELECT DISTINCT kind::text, tenant_id FROM uploads ORDER BY kind`);
  expect(kept.rows).toEqual([
    { kind: 'list', tenant_id: life.member.actor.tenantId },
    { kind: 'quoters', tenant_id: life.member.actor.tenantId },
  ]);
});

test('a right that is lost while a crowd is listed ends the listing, and says so', async () => {
  await allow(['quoters']);
  const { id } = await life.preview({
    connectionIds: [(await mine()).id],
    sources: [{ kind: 'quoters', network: 'mastodon', query: post }],
  });
  while ((await admin.query(`SELECT 1 FROM uploads WHERE state = 'listing'`)).rowCount === 0) await life.drain.step();
  await life.sandbox.control.perform({ do: 'fedi-revoke', account: ME });
  await life.drain.run();
  const { sources } = await getPreview(life.member, { id });
  expect(sources).toMatchObject([{ kind: 'quoters', problem: 'connection_revoked' }]);
});
