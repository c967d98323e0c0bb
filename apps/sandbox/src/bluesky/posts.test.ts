import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../start.ts';
import { SMALL_WORLD, TROLL, VICTIM } from '../testing/small-world.ts';
import { wireTo } from '../testing/wire.ts';

type Profile = { did: string; verification?: { verifiedStatus: string } };
type Post = { uri: string; author: Profile; embed?: { record: { $type: string } } };
type Node = { $type: string; post: Post; replies?: Node[] };
type Page = { likes: { actor: Profile }[]; repostedBy: Profile[]; posts: Post[]; items: object[]; cursor?: string };

const KEY = '3lgoingaround';
const POST = `${TROLL}/${KEY}`;

let sandbox: Sandbox;
let uri: string;
beforeAll(async () => {
  sandbox = await startSandbox({ world: SMALL_WORLD });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control.reset();
  await sandbox.control.perform({ do: 'post', account: TROLL, key: KEY, text: 'Look.' });
  uri = (await sandbox.control.posts())[0]?.uri ?? '';
});

const perform: Sandbox['control']['perform'] = (...commands) => sandbox.control.perform(...commands);
const ask = async <T = Page>(method: string, query: Record<string, string> = {}) =>
  (await wireTo(sandbox.url).call<T>(`app.bsky.${method}`, { query: { uri, limit: '100', ...query } })).body;
const didOf = async (name: string) => (await sandbox.control.person(name))?.did;

test('likes are shown newest first, over pages of which some are empty, without whoever is away', async () => {
  await perform({ do: 'like', account: `${TROLL}#0-249`, post: POST });
  const people: string[] = [];
  let empty = 0;
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: Page = await ask('feed.getLikes', { limit: '3', ...(cursor === '' ? {} : { cursor }) });
    if (page.likes.length === 0) empty++;
    people.push(...page.likes.map(({ actor }) => actor.did));
    cursor = page.cursor;
  }
  const active = (await sandbox.control.followers(TROLL, 0, 250)).filter(({ status }) => status === 'active');
  expect(people).toEqual(active.map(({ did }) => did).toReversed());
  expect(active.length).toBeLessThan(250);
  expect(empty).toBeGreaterThan(0);
});

test('whoever stands in a block relation with the author is in no list of likes or quotes, but reposts', async () => {
  for (const what of ['like', 'repost', 'quote'] as const)
    await perform({ do: what, account: [`${TROLL}#1`, `${TROLL}#2`], post: POST });
  await perform({ do: 'block', account: TROLL, subject: `${TROLL}#1` });
  const left = [await didOf(`${TROLL}#2`)];
  expect((await ask('feed.getLikes')).likes.map(({ actor }) => actor.did)).toEqual(left);
  expect((await ask('feed.getQuotes')).posts.map(({ author }) => author.did)).toEqual(left);
  expect((await ask('feed.getRepostedBy')).repostedBy).toHaveLength(2);
});

test('a detached quote is in the list, and shows nothing of the post', async () => {
  await perform({ do: 'quote', account: `${TROLL}#1`, post: POST });
  const quote = (await sandbox.control.posts()).at(-1)?.uri ?? '';
  const embed = async () => (await ask('feed.getQuotes')).posts[0]?.embed?.record.$type;
  expect(await embed()).toBe('app.bsky.embed.record#viewRecord');
  await perform({ do: 'detach-quote', post: quote });
  expect(await embed()).toBe('app.bsky.embed.record#viewDetached');
});

test('a post that is gone is in no answer but those of its likes', async () => {
  await perform({ do: 'like', account: `${TROLL}#1`, post: POST }, { do: 'delete-post', post: POST });
  expect((await ask('feed.getPosts', { uris: uri })).posts).toEqual([]);
  expect((await ask('feed.getLikes')).likes).toHaveLength(1);
  expect(await ask<object>('feed.getPostThread')).toMatchObject({ error: 'NotFound' });
});

test('a conversation is cut at its depth, and under what is gone or blocked', async () => {
  await perform({ do: 'post', account: `${TROLL}#1`, key: '3lreply222222', replyTo: POST });
  await perform({ do: 'post', account: `${TROLL}#2`, replyTo: `${await didOf(`${TROLL}#1`)}/3lreply222222` });
  const below = async (depth: string) => {
    const { thread } = await ask<{ thread: Node }>('feed.getPostThread', { depth });
    return [thread.replies?.length, thread.replies?.[0]?.replies?.length];
  };
  expect(await below('5')).toEqual([1, 1]);
  expect(await below('1')).toEqual([1, undefined]);
  expect(await below('0')).toEqual([undefined, undefined]);
  await perform({ do: 'block', account: TROLL, subject: `${TROLL}#1` });
  expect(await below('5')).toEqual([0, undefined]);
});

test('moderation lists show those too who block their maker, others do not', async () => {
  const members = [`${TROLL}#1`, `${TROLL}#2`];
  await perform(
    { do: 'add-list', account: VICTIM, key: '3lmods2222222', name: 'Mods', members },
    { do: 'add-list', account: VICTIM, key: '3lcurate22222', name: 'Readings', purpose: 'curatelist', members },
    { do: 'block', account: `${TROLL}#1`, subject: VICTIM },
  );
  const [mods, readings] = await sandbox.control.lists();
  const shown = async (list = '') => (await ask('graph.getList', { list })).items.length;
  expect([await shown(mods?.uri), await shown(readings?.uri)]).toEqual([2, 1]);
  await perform({ do: 'delete-list', list: mods?.uri ?? '' });
  expect(await ask<object>('graph.getList', { list: mods?.uri ?? '' })).toMatchObject({ message: 'List not found' });
});

test('an account that is vouched for says so', async () => {
  await perform({ do: 'add-accounts', accounts: [{ handle: 'city.sandbox.test', verified: true }] });
  const of = async (actor: string) => (await ask<Profile>('actor.getProfile', { actor })).verification?.verifiedStatus;
  expect([await of('city.sandbox.test'), await of(TROLL)]).toEqual(['valid', undefined]);
});

test('the journal brings it all back', async () => {
  const dataDir = mkdtempSync(`${tmpdir()}/sandbox-posts-`);
  const first = await startSandbox({ dataDir });
  const before = [await first.control.posts(), await first.control.lists()];
  await first.close();
  const again = await startSandbox({ dataDir });
  expect([await again.control.posts(), await again.control.lists()]).toEqual(before);
  expect(before[0]?.length).toBeGreaterThan(300);
  await again.close();
  rmSync(dataDir, { recursive: true });
});
