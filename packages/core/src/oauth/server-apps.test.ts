import { createDb } from '@secateur/db';
import { freshDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeKeys, readKeys } from '../testing/keys.ts';
import { serverApps } from './server-apps.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: ReturnType<typeof createDb>;
let web: ReturnType<typeof createDb>;
const clock = { now: () => new Date('2026-11-21T12:00:00Z') };
const { intake } = readKeys(makeKeys());

beforeAll(async () => {
  database = await freshDatabase();
  db = createDb(database.worker, { max: 1 });
  web = createDb(database.web, { max: 1 });
});
afterAll(async () => {
  await Promise.all([db.close(), web.close()]);
  await database.close();
});

const store = (keys = intake) => serverApps({ prisma: db.prisma, clock, intake: keys }, 'mastodon');

test('keeps one registration a server, sealed, the last one', async () => {
  expect(await store().get('one.example')).toBeNull();
  await store().put('one.example', 'first');
  await store().put('one.example', 'second-secret');
  await store().put('two.example', 'other');
  expect(await store().get('one.example')).toBe('second-secret');
  const rows = await db.prisma.serverApp.findMany();
  expect(rows).toHaveLength(2);
  for (const { app } of rows) expect(Buffer.from(app).toString('latin1')).not.toMatch(/second-secret|other/);
});

test('opens for its own server only', async () => {
  await store().put('one.example', 'secret');
  const { app } = await db.prisma.serverApp.findUniqueOrThrow({
    where: { network_host: { network: 'mastodon', host: 'one.example' } },
  });
  await store().put('three.example', 'x');
  await db.prisma.serverApp.update({
    where: { network_host: { network: 'mastodon', host: 'three.example' } },
    data: { app },
  });
  expect(await store().get('three.example')).toBeNull();
});

test('is made anew by workers whose keys no longer open it', async () => {
  await store().put('one.example', 'secret');
  expect(await store(readKeys(makeKeys()).intake).get('one.example')).toBeNull();
});

test('is nothing that the web app could read', async () => {
  await expect(web.prisma.serverApp.findMany()).rejects.toThrow(/permission denied/);
});
