import { DEMO } from '@secateur/sandbox';
import { freshDatabase, type OwnersDb, ownersDb, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Life, startLife } from '../testing/index.ts';
import { addUpload, getUpload } from '../uploads/index.ts';
import { bringAllowed, disallow, fileOfAllowed, findAllowed } from './index.ts';
import { MOST_ALLOWED } from './schemas.ts';

let database: TestDatabase;
let life: Life;
let admin: OwnersDb;
beforeAll(async () => {
  database = await freshDatabase();
  admin = ownersDb(database.admin);
  life = await startLife({ urls: database, world: 'demo' });
});
beforeEach(() => admin.prisma.exemption.deleteMany());
afterAll(async () => {
  await Promise.all([life.close(), admin.close()]);
  await database.close();
});

const EVERYBODY = { text: '', before: null };

async function brought(text: string, by = life.member): Promise<string> {
  const data = Buffer.from(text).toString('base64');
  const { id } = await addUpload(by, { name: 'friends.csv', network: 'bluesky', data });
  await life.drain.run();
  return id;
}

async function names(): Promise<string[]> {
  return (await findAllowed(life.member, EVERYBODY)).items.map((one) => one.handle).sort();
}

test('a file is put on the list as far as it is understood, and what is not is named by its line', async () => {
  const id = await brought(`@${DEMO.handle}\nnot an account\nnobody-at-all.sandbox.test\ngrudge.sandbox.test\n`);
  const { faults } = await getUpload(life.member, { id });
  expect(faults).toEqual([
    { line: 2, text: 'not an account', why: 'unreadable' },
    { line: 3, text: 'nobody-at-all.sandbox.test', why: 'unknown' },
  ]);
  expect(await bringAllowed(life.member, { uploadId: id })).toEqual({ added: 2, again: 0 });
  expect(await names()).toEqual([DEMO.handle, 'grudge.sandbox.test'].sort());
  expect(await bringAllowed(life.member, { uploadId: id })).toEqual({ added: 0, again: 2 });
});

test('what is taken along can be brought again, and comes out the same', async () => {
  await bringAllowed(life.member, { uploadId: await brought(`${DEMO.handle}\ngrudge.sandbox.test`) });
  const before = await names();
  const file = await fileOfAllowed(life.member, { network: 'bluesky' });
  expect(file.count).toBe(2);
  for (const { profileId } of (await findAllowed(life.member, EVERYBODY)).items) {
    await disallow(life.member, { profileId });
  }
  expect(await names()).toEqual([]);
  const again = await brought(file.text);
  expect(await getUpload(life.member, { id: again })).toMatchObject({ readable: 2, size: 2, faults: [] });
  await bringAllowed(life.member, { uploadId: again });
  expect(await names()).toEqual(before);
  expect(await fileOfAllowed(life.member, { network: 'mastodon' })).toMatchObject({ count: 0 });
});

test('people are found by a piece of their name, also when it has signs of a pattern in it', async () => {
  await bringAllowed(life.member, { uploadId: await brought(`${DEMO.handle}\ngrudge.sandbox.test`) });
  const found = async (text: string) => (await findAllowed(life.member, { text, before: null })).items.length;
  expect([await found('GRUDGE'), await found('%'), await found('_'), await found('')]).toEqual([1, 0, 0, 2]);
});

test('a page ends and the next one goes on, also among those who came at one moment', async () => {
  const { tenantId, userId } = life.member.actor;
  const profiles = await admin.prisma.profile.findMany({ take: 1 });
  const base = profiles[0] ?? (await admin.prisma.profile.findFirstOrThrow());
  const ids = Array.from({ length: 120 }, (_, i) => `00000000-0000-8000-8000-${String(i).padStart(12, '0')}`);
  await admin.prisma.profile.createMany({
    data: ids.map((id, i) => ({ ...base, id, nativeId: `did:plc:${i}`, handle: `h${i}.test` })),
  });
  const addedAt = life.worker.clock.now();
  await admin.prisma.exemption.createMany({
    data: ids.map((profileId) => ({ tenantId, profileId, addedBy: userId, addedAt })),
  });
  const met: string[] = [];
  let before: { addedAt: Date; profileId: string } | null = null;
  do {
    const page = await findAllowed(life.member, { text: '.test', before });
    met.push(...page.items.map((one) => one.profileId));
    before = page.next;
  } while (before);
  expect(met.sort()).toEqual(ids);
});

test('a list that would be too long takes nobody', async () => {
  const { tenantId, userId } = life.member.actor;
  const id = await brought(`${DEMO.handle}`);
  await admin.prisma.$executeRaw`
    INSERT INTO exemptions (tenant_id, profile_id, added_by, added_at)
    SELECT ${tenantId}::uuid, gen_random_uuid(), ${userId}::uuid, now() FROM generate_series(1, ${MOST_ALLOWED}::int)`;
  await expect(bringAllowed(life.member, { uploadId: id })).rejects.toMatchObject({ problem: 'allow_list_full' });
  expect(await admin.prisma.exemption.count()).toBe(MOST_ALLOWED);
});

test('another tenant’s file is not there', async () => {
  const stranger = await life.stranger();
  const id = await brought(DEMO.handle);
  await expect(bringAllowed(stranger, { uploadId: id })).rejects.toMatchObject({ problem: 'not_found' });
  expect(await findAllowed(stranger, EVERYBODY)).toEqual({ items: [], total: 0, next: null });
});
