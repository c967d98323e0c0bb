import { systemClock } from '@secateur/base';
import { createDb, type Db } from '@secateur/db';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VISITOR } from '../fixtures/world.ts';
import { admit } from './admit.ts';
import { liveSession } from './live-session.ts';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await freshDatabase();
  db = createDb(database.web);
});
afterAll(async () => {
  await db.close();
  await database.close();
});

const enter = (userId: string) =>
  admit(
    {
      prisma: db.prisma,
      clock: systemClock,
      notify: async () => ({ sent: 0, failed: 0 }),
      origin: 'https://secateur.example',
    },
    { userId, how: 'bluesky', visitor: VISITOR, back: '/people' },
  );

test('who has no passkey is in', async () => {
  const { id } = await db.prisma.user.create({ data: { email: 'sam@example.org' } });
  const { cookies, to } = await enter(id);
  expect(to).toBe('/people');
  expect(await liveSession(db.prisma, cookies[0]?.value ?? '')).toMatchObject({ userId: id, how: 'bluesky' });
});

test('who has a passkey is only half way in: there is no session', async () => {
  const { id } = await db.prisma.user.create({ data: { email: 'kim@example.org' } });
  await db.prisma.passkey.create({
    data: {
      userId: id,
      credentialId: 'c',
      publicKey: new Uint8Array(1),
      counter: 0,
      transports: [],
      backedUp: false,
      name: 'n',
      createdAt: new Date(),
    },
  });
  const { cookies, to } = await enter(id);
  expect(to).toBe('/sign-in/second?back=%2Fpeople');
  expect(await liveSession(db.prisma, cookies[0]?.value ?? '')).toBeNull();
  expect(await db.prisma.session.count({ where: { userId: id } })).toBe(0);
});
