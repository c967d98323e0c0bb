import { systemClock } from '@secateur/base';
import { createDb, type Db } from '@secateur/db';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import type { Adapter } from 'next-auth/adapters';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VISITOR } from '../fixtures/world.ts';
import { signInAdapter } from './adapter.ts';
import { endSessionOf } from './sessions.ts';
import { startSession } from './start-session.ts';

let database: TestDatabase;
let db: Db;
let adapter: Required<Adapter>;
beforeAll(async () => {
  database = await freshDatabase();
  db = createDb(database.web);
  adapter = signInAdapter(db.prisma, sessions) as Required<Adapter>;
});
afterAll(async () => {
  await db.close();
  await database.close();
});

const sessions = {
  start: (userId: string) => startSession(context(), { userId, how: 'mail', visitor: VISITOR }),
  end: (token: string) => endSessionOf(context(), token),
};
const context = () => ({
  prisma: db.prisma,
  clock: systemClock,
  notify: async () => ({ sent: 0, failed: 0 }),
  origin: 'http://localhost',
});

const LATER = new Date('2100-01-01T00:00:00Z');
const make = (email: string) => adapter.createUser({ id: '', email, emailVerified: null });

test('a user is found by address and by id', async () => {
  const made = await make('sam@example.org');
  expect(await adapter.getUserByEmail('sam@example.org')).toEqual(made);
  expect(await adapter.getUser(made.id)).toEqual(made);
  expect(await adapter.getUserByEmail('else@example.org')).toBeNull();
});

test('a session is found by its own token, whatever token was wished for, and is gone once it is deleted', async () => {
  const { id: userId } = await make('kim@example.org');
  const { sessionToken } = await adapter.createSession({ sessionToken: 'planted', userId, expires: LATER });
  expect(await adapter.getSessionAndUser('planted')).toBeNull();
  expect(await adapter.getSessionAndUser(sessionToken)).toMatchObject({
    session: { sessionToken, userId },
    user: { id: userId, email: 'kim@example.org' },
  });
  await adapter.deleteSession(sessionToken);
  expect(await adapter.getSessionAndUser(sessionToken)).toBeNull();
});

test('a link works for one of two presses at once', async () => {
  const link = { identifier: 'lee@example.org', token: 't' };
  await adapter.createVerificationToken({ ...link, expires: LATER });
  const used = await Promise.all([adapter.useVerificationToken(link), adapter.useVerificationToken(link)]);
  expect(used.filter((one) => one !== null)).toHaveLength(1);
  expect(await adapter.useVerificationToken(link)).toBeNull();
});

test('old links are forgotten', async () => {
  const identifier = 'max@example.org';
  for (let i = 0; i < 5; i++) {
    await adapter.createVerificationToken({ identifier, token: `${i}`, expires: LATER });
  }
  await db.prisma.verificationToken.updateMany({ where: { identifier }, data: { expires: new Date(0) } });
  await adapter.createVerificationToken({ identifier, token: 'new', expires: LATER });
  expect(await db.prisma.verificationToken.count({ where: { identifier } })).toBe(1);
});

test('of an identity elsewhere only who it is is kept', async () => {
  const { id: userId } = await make('pat@example.org');
  const account = { userId, type: 'oauth', provider: 'somewhere', providerAccountId: '7' } as const;
  await adapter.linkAccount({ ...account, access_token: 'canary-token', refresh_token: 'canary-token' });
  expect(await adapter.getUserByAccount({ provider: 'somewhere', providerAccountId: '7' })).toMatchObject({
    id: userId,
  });
  const { rows } = await db.pool.query('select identities::text as all from identities');
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain('canary-token');
});
