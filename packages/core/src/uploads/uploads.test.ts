import { DAY, MINUTE, profileId } from '@secateur/base';
import { withTenant } from '@secateur/db';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPreview, getShield, raise } from '../shields/index.ts';
import { around, type Life, startLife } from '../testing/index.ts';
import { addUpload, getUpload } from './index.ts';

const ME = 'me.sandbox.test';
const NAMES = Array.from({ length: 60 }, (_, n) => `troll${n}.sandbox.test`);

let database: TestDatabase;
let life: Life;
let connectionId: string;
let dids: string[];
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({
    urls: database,
    world: [{ do: 'add-accounts', accounts: [{ handle: ME, password: 'pass-word' }, { handle: 'loud.sandbox.test' }] }],
  });
  const made = await life.sandbox.control.addAccounts(NAMES.map((handle) => ({ handle })));
  dids = made.map(({ did }) => did);
  await life.sandbox.control.perform(
    { do: 'follow', account: ME, subject: [NAMES[0] ?? ''] },
    ...NAMES.slice(0, 20).map((account): Command => ({ do: 'follow', account, subject: ['loud.sandbox.test'] })),
  );
  connectionId = await life.connect(ME, 'pass-word');
});
afterAll(async () => {
  await life.close();
  await database.close();
});

const bring = (text: string, name = 'file.csv') =>
  addUpload(life.member, { name, network: 'bluesky', data: Buffer.from(text).toString('base64') });
const file = (uploadId: string) => ({ kind: 'file', network: 'bluesky', uploadId }) as const;

test('a file becomes a shield’s crowd: asked about in batches, own people spared, what is wrong told by its line', async () => {
  await life.sandbox.control.perform({ do: 'clear-counters' });
  const lines = [...NAMES, 'no account at all', 'gone.sandbox.test', `@${NAMES[3]}`, dids[4]];
  const brought = await bring(lines.join('\r\n'));
  expect(brought).toMatchObject({ lines: 64, readable: 63, size: 0, complete: false });
  const { id } = await life.preview({ sources: [file(brought.id)], connectionIds: [connectionId], hold: 'forever' });
  expect((await getPreview(life.member, { id })).sources).toMatchObject([{ listed: 0, expected: 63 }]);
  await life.drain.run();
  expect((await life.sandbox.control.counters()).requests).toMatchObject({ 'app.bsky.actor.getProfiles': 3 });
  expect(await getUpload(life.member, { id: brought.id })).toMatchObject({
    size: 60,
    complete: true,
    unknown: 1,
    faults: [
      { line: 61, text: 'no account at all', why: 'unreadable' },
      { line: 62, text: 'gone.sandbox.test', why: 'unknown' },
    ],
  });
  const preview = await getPreview(life.member, { id });
  expect(preview).toMatchObject({ state: 'ready', toDo: 59, meant: { soFar: 60, atMost: 60 } });
  expect(preview.sparedPeople).toMatchObject([{ handle: NAMES[0] }]);
  await raise(life.member, { id });
  await life.drain.run();
  expect((await getShield(life.member, { id })).counts).toMatchObject({ total: 60, spared: 1, done: 59 });
});

test('a file and followers have some in common', async () => {
  const { id: uploadId } = await bring(NAMES.slice(10, 30).join('\n'));
  const sources = [...around('loud.sandbox.test', { account: false }), file(uploadId)];
  const { id } = await life.preview({ sources, threshold: 2, connectionIds: [connectionId] });
  await life.drain.run();
  expect(await getPreview(life.member, { id })).toMatchObject({ state: 'ready', meant: { soFar: 10, atMost: 10 } });
});

test('ids are known without asking anybody', async () => {
  await life.sandbox.control.perform({ do: 'clear-counters' });
  const { id } = await bring(dids.join('\n'));
  await life.drain.run();
  expect(await getUpload(life.member, { id })).toMatchObject({ size: 60, complete: true });
  expect((await life.sandbox.control.counters()).requests['app.bsky.actor.getProfiles']).toBeUndefined();
});

test('a network that is away is waited for; nothing is asked twice or lost', async () => {
  const { id } = await bring([...dids.slice(0, 5), ...NAMES.slice(0, 40)].join('\n'));
  await life.sandbox.control.addFault({ kind: '503', method: 'app.bsky.actor.getProfiles' });
  await life.drain.run();
  expect(await getUpload(life.member, { id })).toMatchObject({ size: 5, complete: false });
  await life.sandbox.control.clearFaults();
  await life.sandbox.control.advance(MINUTE);
  await life.drain.run();
  expect(await getUpload(life.member, { id })).toMatchObject({ size: 40, complete: true, unknown: 0 });
});

test.each([
  ['file_utf16', Buffer.from('a.example', 'utf16le')],
  ['file_not_text', Buffer.from([0x66, 0xfc, 0x72])],
  ['file_too_large', Buffer.from('a.example\n'.repeat(50_001))],
  ['file_empty', Buffer.from('nobody\nat all\n')],
])('%s is refused, and nothing is kept', async (problem, data) => {
  const input = { name: 'x.csv', network: 'bluesky', data: data.toString('base64') };
  await expect(addUpload(life.member, input)).rejects.toMatchObject({ problem });
});

test('a file is its tenant’s: no shared audience knows of it, no other tenant sees or takes it', async () => {
  const { id: uploadId } = await bring(dids[7] ?? '');
  await life.drain.run();
  const stranger = await life.stranger();
  await expect(getUpload(stranger, { id: uploadId })).rejects.toMatchObject({ problem: 'not_found' });
  const crowd = (tenantId: string) =>
    withTenant(
      life.worker.prisma,
      tenantId,
      (tx) => tx.$queryRaw<unknown[]>`SELECT profile_id FROM crowd_members WHERE crowd_id = ${uploadId}::uuid`,
    );
  expect(await crowd(stranger.actor.tenantId)).toEqual([]);
  expect(await crowd(life.member.actor.tenantId)).toEqual([{ profile_id: profileId('bluesky', dids[7] ?? '') }]);
  expect(await life.worker.prisma.audienceMember.count({ where: { audienceId: uploadId } })).toBe(0);
});

test('a file that no shield took is thrown away after a week, one that was taken stays', async () => {
  const left = await bring(dids[8] ?? '');
  const taken = await bring(dids[9] ?? '');
  await life.preview({ sources: [file(taken.id)], connectionIds: [connectionId] });
  await life.drain.run();
  await life.sandbox.control.advance(8 * DAY);
  await life.drain.run();
  await expect(getUpload(life.member, { id: left.id })).rejects.toMatchObject({ problem: 'not_found' });
  expect(await getUpload(life.member, { id: taken.id })).toMatchObject({ size: 1 });
});
