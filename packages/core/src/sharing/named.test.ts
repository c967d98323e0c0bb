import { profileId } from '@secateur/base';
import { createDb } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { profilesNamed } from './named.ts';

const DID = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa';
const ACTOR = 'https://social.example/users/Some_One';
const SEEN: [NetworkName, string, string][] = [
  ['bluesky', DID, 'some-one.example'],
  ['bluesky', 'did:plc:bbbbbbbbbbbbbbbbbbbbbbbb', 'some1one.example'],
  ['mastodon', ACTOR, 'Some_One@social.example'],
  ['mastodon', 'https://social.example/users/SomeXOne', 'SomeXOne@social.example'],
  ['x', '4711', 'SomeOne'],
  // Who is called the same elsewhere is somebody else.
  ['x', '4712', 'some-one.example'],
];

let database: TestDatabase;
let db: ReturnType<typeof createDb>;
beforeAll(async () => {
  database = await freshDatabase();
  const admin = new pg.Client(database.admin);
  await admin.connect();
  for (const [network, nativeId, handle] of SEEN) {
    await admin.query('INSERT INTO profiles (id, network, native_id, handle, seen_at) VALUES ($1, $2, $3, $4, now())', [
      profileId(network, nativeId),
      network,
      nativeId,
      handle,
    ]);
  }
  await admin.end();
  db = createDb(database.worker, { max: 1 });
});
afterAll(async () => {
  await db.close();
  await database.close();
});

test.each<[NetworkName, string, string | null]>([
  ['bluesky', '@Some-One.example', DID],
  ['bluesky', `https://bsky.app/profile/${DID}`, DID],
  ['bluesky', 'one.example', null],
  ['mastodon', '@some_one@Social.example', ACTOR],
  ['mastodon', 'https://social.example/@Some_One', ACTOR],
  ['mastodon', ACTOR, ACTOR],
  ['mastodon', 'some_one', null],
  ['x', '@someone', '4711'],
  ['x', 'https://x.com/SomeOne', '4711'],
  ['x', '4711', '4711'],
  ['x', 'Some%', null],
])('on %s %j is %j, and nobody else', async (network, raw, nativeId) => {
  expect(await profilesNamed(db.prisma, network, raw)).toEqual(nativeId === null ? [] : [profileId(network, nativeId)]);
});
