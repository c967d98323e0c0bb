import { describe, expect } from 'vitest';
import { CROWD_KINDS, type CrowdKind, type ProfilePage } from '../port.ts';
import { actAllowing, refusal, type SignIn } from './acting.ts';
import { test } from './gaps.ts';
import type { Login, Made, Person, Traits, World } from './world.ts';

/** More than one page of every network: the longest has 100. */
const MANY = 104;

const ABOUT_POSTS = ['likers', 'reposters', 'quoters', 'repliers'] as const;
type PostKind = (typeof ABOUT_POSTS)[number];

export function crowdsAreTold(world: () => World, traits: Traits, act: SignIn): void {
  describe('crowds', () => {
    describe.each(ABOUT_POSTS)('of a post: %s', (kind) => {
      test('are each shown once, over pages, without the author; told by number where it is', async () => {
        const scene = await stage(world(), traits, kind);
        if (scene === null) return await isRefused(world(), kind);
        const { here, author, post, read } = scene;
        const people = here.crowd.slice(0, kind === 'repliers' ? 20 : MANY);
        await join(here, kind, [...people, author], post);
        const { pages, ids } = await all(read);
        expect(ids.toSorted()).toEqual(people.map((one) => one.nativeId).toSorted());
        if (kind === 'repliers') return expect(pages[0]?.total).toBeNull();
        expect(pages.length).toBeGreaterThan(1);
        expectCount(traits, pages[0]?.total, people.length + 1);
      });

      test('are nobody where nobody did', async () => {
        const scene = await stage(world(), traits, kind);
        if (scene === null) return;
        expect((await all(scene.read)).ids).toEqual([]);
      });

      test('of one that is gone are not found, and of one taken down suspended', async () => {
        const scene = await stage(world(), traits, kind);
        if (scene === null) return;
        const { here, author, post, read } = scene;
        await join(here, kind, here.crowd.slice(0, 3), post);
        const other = await here.posts.write(author);
        await here.posts.remove(post.ref, author);
        await here.settle();
        expect(await refusal(read(null))).toMatchObject({ problem: 'not_found' });
        expect(await refusal(here.port.locate(kind, post.links[0] ?? ''))).toMatchObject({ problem: 'not_found' });
        await here.posts.takeDown(author);
        await here.settle();
        expect(await refusal(here.port.locate(kind, other.links[0] ?? ''))).toMatchObject({ problem: 'suspended' });
        const gone = await refusal(scene.readOf(other.ref)(null));
        expect(['suspended', 'not_found']).toContain(gone.problem);
      });

      test('are found by whatever people paste for the post', async () => {
        const here = world();
        if (!here.port.crowds[kind]) return;
        const author = await here.posts.author('elsewhere');
        const post = await here.posts.write(author);
        await join(here, kind, here.crowd.slice(0, 4), post);
        expect(post.links.length).toBeGreaterThan(1);
        for (const link of [...post.links, `  ${post.links[0]} `]) {
          const { total, ...found } = await here.port.locate(kind, link);
          const { nativeId, handle } = author;
          expect(found).toMatchObject({ ref: post.ref, author: { nativeId, handle }, title: null });
          expectCount(traits, total, 4);
        }
      });

      test('are of no profile', async () => {
        const { port, harasser, linkTo } = world();
        if (!port.crowds[kind]) return;
        for (const query of [linkTo(harasser), harasser.handle, 'no link at all', ''])
          expect(await refusal(port.locate(kind, query))).toMatchObject({ problem: 'not_found' });
      });
    });

    test('of replies hold those who answered answers, at any depth', async () => {
      const scene = await stage(world(), traits, 'repliers');
      if (scene === null) return;
      const { here, author, post, read } = scene;
      const chain = here.crowd.slice(0, 6);
      let at = post;
      for (const one of chain) [at = post] = await here.posts.reply([one], at.ref);
      await here.posts.reply([author], at.ref);
      await here.settle();
      expect((await all(read)).ids.toSorted()).toEqual(chain.map((one) => one.nativeId).toSorted());
    });

    test('of a list are its members, each once, with its name and their number', async () => {
      const here = world();
      const ability = here.port.crowds.list;
      if (!ability) return await isRefused(here, 'list');
      const { owner, read } = await listReader(here);
      const members = here.crowd.slice(0, MANY);
      const list = await here.posts.list(owner, 'Rude people', members);
      await here.settle();
      const { pages, ids } = await all(read(list.ref));
      expect(ids.toSorted()).toEqual(members.map((one) => one.nativeId).toSorted());
      expect(pages.length).toBeGreaterThan(1);
      for (const link of list.links) {
        const found = await here.port.locate('list', link);
        expect(found.ref).toBe(list.ref);
        if (ability.needs === 'account') continue;
        expect(found).toMatchObject({
          author: { nativeId: owner.nativeId },
          title: 'Rude people',
          total: members.length,
        });
        expect(pages[0]?.total).toBe(members.length);
      }
      await here.posts.removeList(list.ref, owner);
      await here.settle();
      expect(await refusal(read(list.ref)(null))).toMatchObject({ problem: 'not_found' });
    });

    test('that need an account are refused to strangers, and to an account that did not consent to it', async () => {
      const here = world();
      const { account } = await act(here);
      const post = await here.posts.write(await here.posts.author('here'));
      await here.settle();
      for (const kind of CROWD_KINDS) {
        if (here.port.crowds[kind]?.needs !== 'account') continue;
        const { ref } = kind === 'list' ? await here.posts.list(await here.posts.author('here'), 'Mine', []) : post;
        expect(await refusal(here.port.crowd(kind, ref, null))).toMatchObject({ problem: 'rejected' });
        if (kind === 'quoters' && !traits.quotes) continue;
        expect(await refusal(account.crowd(kind, ref, null))).toMatchObject({ problem: 'declined' });
        const { credentials } = await actAllowing(here, ['block'], {}, [kind]);
        expect(here.port.grantOf(credentials)).toMatchObject({ rights: ['block'], crowds: [kind] });
      }
    });

    test('of an account are found by whatever finds the account', async () => {
      const { port, harasser, linkTo, crowd } = world();
      for (const query of [harasser.handle, linkTo(harasser), harasser.nativeId]) {
        const found = await port.locate('followers', query);
        expect(found).toMatchObject({ ref: harasser.nativeId, author: harasser, title: null });
        expect(found.total).toBeGreaterThanOrEqual(crowd.length);
      }
      expect(await port.locate('following', harasser.handle)).toMatchObject({ total: 0 });
    });

    test('that a network tells nothing of are rejected, not empty', async () => {
      const here = world();
      for (const kind of CROWD_KINDS) if (!here.port.crowds[kind]) await isRefused(here, kind);
      expect(here.port.crowds.followers?.of).toBe('account');
    });
  });
}

function expectCount({ exactCounts }: Traits, told: number | null | undefined, count: number): void {
  expect(told).toBeGreaterThan(exactCounts ? count - 1 : 0);
  expect(told).toBeLessThanOrEqual(count);
}

type Read = (cursor: string | null) => Promise<ProfilePage>;
type Scene = { here: World; author: Login; post: Made; read: Read; readOf(ref: string): Read };

/**
 * A post whose crowd of a kind can be read, by whomever it is shown to. Null where nobody is told: the network has no such kind, or the
 * server of its logins is too old for it.
 */
async function stage(here: World, traits: Traits, kind: PostKind): Promise<Scene | null> {
  const ability = here.port.crowds[kind];
  if (!ability || (kind === 'quoters' && !traits.quotes)) return null;
  const asAccount = ability.needs === 'account';
  const author = await here.posts.author(asAccount ? 'here' : 'elsewhere');
  const account = asAccount ? (await actAllowing(here, [], {}, [kind])).account : here.port;
  const readOf = (ref: string) => (cursor: string | null) => account.crowd(kind, ref, cursor);
  const post = await here.posts.write(author);
  await here.settle();
  return { here, author, post, read: readOf(post.ref), readOf };
}

async function listReader(here: World): Promise<{ owner: Login; read(ref: string): Read }> {
  const asAccount = here.port.crowds.list?.needs === 'account';
  if (!asAccount) {
    const owner = await here.posts.author('elsewhere');
    return { owner, read: (ref) => (cursor) => here.port.crowd('list', ref, cursor) };
  }
  const { login, account } = await actAllowing(here, [], {}, ['list']);
  return { owner: login, read: (ref) => (cursor) => account.crowd('list', ref, cursor) };
}

async function join(here: World, kind: PostKind, people: Person[], post: Made): Promise<void> {
  if (kind === 'likers') await here.posts.like(people, post.ref);
  if (kind === 'reposters') await here.posts.repost(people, post.ref);
  if (kind === 'quoters') await here.posts.quote(people, post.ref);
  if (kind === 'repliers') await here.posts.reply(people, post.ref);
  await here.settle();
}

/** Nobody is told of this kind, and that is said, not answered with nobody. */
async function isRefused(here: World, kind: CrowdKind): Promise<void> {
  const { account } = await actAllowing(here, [], {}, [kind]);
  const post = await here.posts.write(await here.posts.author('here'));
  await here.settle();
  expect(await refusal(here.port.crowd(kind, post.ref, null))).toMatchObject({ problem: 'rejected' });
  expect(await refusal(account.crowd(kind, post.ref, null))).toMatchObject({ problem: 'rejected' });
  if (here.port.crowds[kind]) return;
  expect(await refusal(here.port.locate(kind, post.links[0] ?? ''))).toMatchObject({ problem: 'rejected' });
}

async function all(read: Read): Promise<{ pages: ProfilePage[]; ids: string[] }> {
  const pages: ProfilePage[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: ProfilePage = await read(cursor);
    pages.push(page);
    if (page.cursor === null) break;
    cursor = page.cursor;
  }
  return { pages, ids: pages.flatMap((page) => page.items.map((one) => one.nativeId)) };
}
