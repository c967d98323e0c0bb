import { newId, profileId } from '@secateur/base';
import { DEMO } from '@secateur/sandbox';
import { freshDatabase, type OwnersDb, ownersDb, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Life, startLife } from '../testing/index.ts';
import { allow, listAllowed } from './index.ts';

let database: TestDatabase;
let life: Life;
let admin: OwnersDb;
beforeAll(async () => {
  database = await freshDatabase();
  admin = ownersDb(database.admin);
  life = await startLife({ urls: database, world: 'demo' });
});
afterAll(async () => {
  await Promise.all([life.close(), admin.close()]);
  await database.close();
});

const notFound = { problem: 'not_found' };

test('nobody learns from the allow list whom another tenant has met', async () => {
  const connectionId = await life.connect(DEMO.handle, DEMO.password);
  await life.preview({ query: 'grudge.sandbox.test', connectionIds: [connectionId] });
  await life.drain.run();
  const harasser = await life.stranger();
  const [friend, follower] = [
    await admin.prisma.person.findFirstOrThrow(),
    await admin.prisma.audienceMember.findFirstOrThrow(),
  ];
  const grudge = await admin.prisma.profile.findFirstOrThrow({ where: { handle: 'grudge.sandbox.test' } });
  // What anybody can compute of an account of their own.
  const grudgeId = profileId('bluesky', grudge.nativeId);
  const met = new Set([grudgeId, friend.profileId, follower.profileId]);
  for (const id of met) {
    await expect(allow(harasser, { profileId: id })).rejects.toMatchObject(notFound);
    await allow(life.member, { profileId: id });
  }
  await expect(allow(harasser, { profileId: newId() })).rejects.toMatchObject(notFound);
  expect(await listAllowed(harasser)).toEqual([]);
  expect(await listAllowed(life.member)).toHaveLength(met.size);
});
