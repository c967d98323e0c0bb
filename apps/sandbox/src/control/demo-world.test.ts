import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../start.ts';
import { BLOCK } from '../state/events.ts';
import { wireTo } from '../testing/wire.ts';
import { DEMO } from './demo-world.ts';

const TROLLS = ['grudge.sandbox.test', 'megaphone.sandbox.test', 'legion.sandbox.test'];
type Page = { followers: { did: string }[]; follows: { did: string }[] };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

test('River can sign in, has her people, and blocked seven by hand', async () => {
  const { accounts } = await sandbox.control.state();
  expect(accounts[0]).toMatchObject({ handle: DEMO.handle, canSignIn: true, followers: 80, follows: 60, blocks: 7 });
  expect((await wireTo(sandbox.url).signIn(DEMO.handle, DEMO.password)).did).toBe(accounts[0]?.did);
  const [repo] = await sandbox.control.records(BLOCK, DEMO.handle);
  expect(repo?.records.map(({ by }) => by)).toEqual(Array(7).fill('hand'));
});

test('the trolls have exactly as many followers as they say', async () => {
  const { accounts } = await sandbox.control.state();
  expect(TROLLS.map((troll) => accounts.find(({ handle }) => handle === troll)?.followers)).toEqual([
    1_200, 12_000, 5_000_000,
  ]);
});

test('most of eighteen of her people are among each troll’s followers', async () => {
  const wire = wireTo(sandbox.url);
  const list = async (method: string, actor: string) => {
    const { body } = await wire.call<Page>(`app.bsky.graph.${method}`, { query: { actor, limit: '100' } });
    return (body.followers ?? body.follows).map(({ did }) => did);
  };
  const people = new Set([...(await list('getFollows', DEMO.handle)), ...(await list('getFollowers', DEMO.handle))]);
  for (const troll of TROLLS) {
    const among = (await list('getFollowers', troll)).filter((did) => people.has(did));
    expect(among.length).toBeGreaterThanOrEqual(15);
    expect(among.length).toBeLessThanOrEqual(18);
  }
});

test('a page of five million followers is found from either end', async () => {
  const wire = wireTo(sandbox.url);
  const ask = (cursor: string) =>
    wire.call<Page>('app.bsky.graph.getFollowers', { query: { actor: 'legion.sandbox.test', limit: '100', cursor } });
  const [last] = await sandbox.control.followers('legion.sandbox.test', 0, 1);
  expect((await ask('e99')).body.followers.at(-1)?.did).toBe(last?.did);
  expect((await ask('e4999981')).body.followers.length).toBeGreaterThan(90);
});

test('a post goes round, with a crowd of its own in which six of her people are', async () => {
  const [post] = await sandbox.control.posts();
  expect(post).toMatchObject({
    author: 'megaphone.sandbox.test',
    likes: 1_506,
    reposts: 420,
    quotes: 86,
    replies: 261,
  });
  expect(post?.link).toMatch(/^https:\/\/bsky\.app\/profile\/megaphone\.sandbox\.test\/post\/3/);
  const [toot] = await sandbox.control.fediverse.posts();
  expect(toot).toMatchObject({ likes: 300, reposts: 90, quotes: 20, replies: 81 });
  expect((await sandbox.control.fediverse.lists())[0]?.members).toHaveLength(12);
  expect((await sandbox.control.lists())[0]).toMatchObject({ name: 'Rude to journalists', link: expect.any(String) });
});
