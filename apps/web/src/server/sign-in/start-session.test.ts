import { DAY, MINUTE, systemClock } from '@secateur/base';
import { createDb, type Db } from '@secateur/db';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VISITOR } from '../fixtures/world.ts';
import { liveSession } from './live-session.ts';
import { startSession } from './start-session.ts';

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

async function start(email: string, sessionToken: string | null = null, origin = 'https://secateur.example') {
  const { id: userId } = await db.prisma.user.upsert({ where: { email }, create: { email }, update: {} });
  return startSession(
    { prisma: db.prisma, clock: systemClock, notify: async () => ({ sent: 0, failed: 0 }), origin },
    { userId, how: 'mail', visitor: { ...VISITOR, sessionToken } },
  );
}

const find = (token: string, now?: Date) => liveSession(db.prisma, token, now);
const after = (ms: number) => new Date(Date.now() + ms);

test('a session is found by what its cookie holds, and is written without it', async () => {
  const { id, token, cookies } = await start('sam@example.org');
  expect(await find(token)).toMatchObject({ id, how: 'mail', browser: 'firefox', user: { email: 'sam@example.org' } });
  expect(cookies[0]).toMatchObject({
    value: token,
    options: { httpOnly: true, secure: true, sameSite: 'lax', path: '/' },
  });
  const { rows } = await db.pool.query('select sessions::text as all from sessions');
  expect(JSON.stringify(rows)).not.toContain(token);
});

test('over plain http, which development is, the cookie can be set all the same', async () => {
  const { cookies } = await start('sam@example.org', null, 'http://localhost:3420');
  expect(cookies[0]?.options.secure).toBe(false);
  expect(cookies[0]?.name).not.toMatch(/^__/);
});

test('a session that begins where another was ends that one, whoever’s it was', async () => {
  const first = await start('kim@example.org');
  const elsewhere = await start('kim@example.org');
  const second = await start('lee@example.org', first.token);
  expect(second.token).not.toBe(first.token);
  expect(await find(first.token)).toBeNull();
  expect(await find(second.token)).not.toBeNull();
  expect(await find(elsewhere.token)).not.toBeNull();
});

test('a session that nobody uses for a week is over', async () => {
  const { token } = await start('max@example.org');
  expect(await find(token, after(7 * DAY + MINUTE))).toBeNull();
});

test('a session that is used every day ends after thirty days', async () => {
  const { token } = await start('pat@example.org');
  for (let day = 1; day < 30; day++) expect(await find(token, after(day * DAY))).not.toBeNull();
  expect(await find(token, after(30 * DAY + MINUTE))).toBeNull();
});

test('that it was seen is written once in five minutes', async () => {
  const { token } = await start('ola@example.org');
  const seen = async () => (await find(token, after(0)))?.lastSeenAt;
  const atFirst = await seen();
  await find(token, after(4 * MINUTE));
  expect(await seen()).toEqual(atFirst);
  const later = after(6 * MINUTE);
  await find(token, later);
  expect(await seen()).toEqual(later);
});
