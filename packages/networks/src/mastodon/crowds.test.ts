import { type Command, type Sandbox, startSandbox, visitSandbox } from '@secateur/sandbox';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { keeping } from '../contract/index.ts';
import type { ActingAccount, ProfilePage } from '../port.ts';
import { appsInMemory, createMastodon } from './index.ts';

const LOUD = 'loud@quarrel';
let sandbox: Sandbox;
let port: ReturnType<typeof createMastodon>;
let account: ActingAccount;
const gate = { pass: async () => {} };
const began = Date.UTC(2026, 10, 21, 12);

const perform = (...commands: Command[]) => sandbox.control.perform(...commands);
const posted = async () => (await sandbox.control.fediverse.posts()).at(-1) ?? { uri: '', link: '', elsewhere: [''] };
const names = (page: ProfilePage) => page.items.map((one) => one.handle.replace(/@.*/, ''));

beforeAll(async () => {
  sandbox = await startSandbox({
    time: () => began,
    world: [
      {
        do: 'add-fedi-accounts',
        accounts: [
          { server: 'harbour', username: 'me', password: 'right' },
          { server: 'quarrel', username: 'loud', followers: 400 },
          { server: 'cellar', username: 'dark', followers: 5 },
          { server: 'harbour', username: 'near' },
          { server: 'attic', username: 'far' },
        ],
      },
    ],
  });
  port = createMastodon({
    gate,
    pagingGate: gate,
    allowLoopback: true,
    clock: sandbox.clock,
    oauth: { appUrl: 'http://localhost:3420', apps: appsInMemory() },
  });
  const me = await sandbox.control.fediverse.person('me@harbour');
  const sent = await port.oauth?.begin(me.handle, ['block', 'mute'], ['quoters', 'list']);
  const answer = await visitSandbox(String(sent?.url), { handle: me.handle, password: 'right' });
  const signed = await port.oauth?.finish(String(sent?.secret), answer);
  account = port.actFor(String(signed?.credentials), keeping(String(signed?.credentials)).renewal);
});
afterEach(async () => {
  await sandbox.control.clearFaults();
  await sandbox.control.advance(3_600_000);
});
afterAll(async () => {
  await port.close();
  await sandbox.close();
});

test('a post is found from its address on any server that has it, and listed where it was written', async () => {
  await perform(
    { do: 'fedi-post', account: LOUD },
    { do: 'fedi-like', account: ['near@harbour', 'far@attic', 'dark@cellar'], post: `${LOUD}/0` },
  );
  const { uri, elsewhere } = await posted();
  expect(elsewhere).toHaveLength(3);
  const open = elsewhere.slice(0, 2);
  for (const link of open) expect(await port.locate('likers', link)).toMatchObject({ ref: uri, total: 3 });
  expect(names(await port.crowd('likers', uri, null)).toSorted()).toEqual(['dark', 'far', 'near']);
});

test('what a server heard of elsewhere it tells the account of, as far as it heard', async () => {
  const { uri } = (await sandbox.control.fediverse.posts())[0] ?? { uri: '' };
  expect(names(await account.crowd('likers', uri, null))).toEqual(['near']);
});

test('of a conversation strangers are shown sixty, an account what its server has', async () => {
  await perform(
    { do: 'fedi-post', account: 'near@harbour' },
    { do: 'fedi-reply', account: `${LOUD}#0-149`, post: 'near@harbour/0' },
  );
  const { uri } = (await sandbox.control.fediverse.posts()).find((one) => one.author.startsWith('near@')) ?? {
    uri: '',
  };
  expect((await port.crowd('repliers', uri, null)).items).toHaveLength(port.crowds.repliers?.most ?? 0);
  expect((await account.crowd('repliers', uri, null)).items).toHaveLength(150);
});

test('a post on a server that shows strangers nothing is taken at its word, and listed for accounts only', async () => {
  await perform({ do: 'fedi-post', account: 'dark@cellar' });
  await perform({ do: 'fedi-like', account: ['near@harbour', 'far@attic'], post: 'dark@cellar/0' });
  const { uri, link } = await posted();
  const { nativeId } = await sandbox.control.fediverse.person('dark@cellar');
  for (const query of [link, uri])
    expect(await port.locate('likers', query)).toMatchObject({ ref: uri, total: null, author: { nativeId } });
  expect(await port.crowd('likers', uri, null)).toEqual({ items: [], cursor: null, total: null });
  expect(await port.crowd('repliers', uri, null)).toEqual({ items: [], cursor: null, total: null });
  expect(port.crowds.likers?.moreAsAccount).toBe(true);
  expect(names(await account.crowd('likers', uri, null))).toEqual(['near']);
});

test('whom the account blocks is not shown to it, and to strangers is', async () => {
  await perform(
    { do: 'fedi-post', account: 'near@harbour' },
    { do: 'fedi-boost', account: [`${LOUD}#1`, `${LOUD}#2`], post: 'near@harbour/1' },
    { do: 'fedi-block', account: 'me@harbour', subject: `${LOUD}#1` },
  );
  const { uri } = await posted();
  expect((await port.crowd('reposters', uri, null)).items).toHaveLength(2);
  expect((await account.crowd('reposters', uri, null)).items).toHaveLength(1);
});

test('a list is its owner’s and nobody else’s', async () => {
  await perform({ do: 'fedi-add-list', account: 'near@harbour', title: 'Theirs', members: [LOUD] });
  const { address } = (await sandbox.control.fediverse.lists()).at(-1) ?? { address: '' };
  const { ref } = await port.locate('list', address);
  await expect(account.crowd('list', ref, null)).rejects.toMatchObject({ problem: 'not_found' });
  const elsewhere = 'https://social.example/lists/1';
  await expect(account.crowd('list', elsewhere, null)).rejects.toMatchObject({ problem: 'not_found' });
});

test.each([
  ['502', 'down'],
  ['503', 'down'],
  ['html', 'down'],
  ['proxy-page', 'down'],
  ['429', 'limited'],
  ['gone', 'down'],
  ['reset-before', 'down'],
  ['500', 'down'],
] as const)('a list that meets %s is %s', async (kind, problem) => {
  const { uri } = await posted();
  await sandbox.control.addFault({ kind, method: 'm/statuses/favourited_by' });
  await sandbox.control.addFault({ kind, method: 'm/statuses/context' });
  await expect(port.crowd('likers', uri, null)).rejects.toMatchObject({ problem, uncertain: false });
  await expect(port.crowd('repliers', uri, null)).rejects.toMatchObject({ problem });
  await expect(account.crowd('likers', uri, null)).rejects.toMatchObject({ problem });
});

test.each(['next-elsewhere', 'next-loop', 'next-endless'] as const)('a list that leads on by %s ends', async (kind) => {
  await perform({ do: 'fedi-post', account: 'near@harbour' });
  const { uri } = await posted();
  await perform({ do: 'fedi-like', account: `${LOUD}#0-199`, post: uri });
  await sandbox.control.addFault({ kind, method: 'm/statuses/favourited_by' });
  let pages = 0;
  for (let cursor: string | null = null; pages < 100; ) {
    const page: ProfilePage = await port.crowd('likers', uri, cursor);
    pages++;
    cursor = page.cursor;
    if (cursor === null) break;
  }
  expect(pages).toBeLessThan(30);
});
