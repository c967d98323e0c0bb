import { describe, expect } from 'vitest';
import type { ProfilePage } from '../port.ts';
import { deedOf, nth, type SignIn, writesFor } from './acting.ts';
import { test } from './gaps.ts';
import type { Traits, World } from './world.ts';

export function listsAreWhole(world: () => World, traits: Traits, act: SignIn): void {
  describe('public lists', () => {
    test('show every follower once, through short pages, to the page without a cursor', async () => {
      const { port, harasser, crowd } = world();
      const pages = await pagesOf((cursor) => port.crowd('followers', harasser.nativeId, cursor));
      const ids = pages.flatMap((page) => page.items.map((one) => one.nativeId));
      expect(pages.length).toBeGreaterThan(1);
      expect(pages[0]?.items.length).toBeLessThan(Math.max(100, port.pages.crowd));
      expect(ids.toSorted()).toEqual(crowd.map((one) => one.nativeId).toSorted());
    });

    test('show whom an account follows', async () => {
      const { port, harasser, crowd } = world();
      const pages = await pagesOf((cursor) => port.crowd('following', nth(crowd, 0).nativeId, cursor));
      expect(pages.flatMap((page) => page.items.map((one) => one.handle))).toEqual([harasser.handle]);
    });
  });

  describe('relations', () => {
    test('are told both ways in one question', async () => {
      const here = world();
      const { crowd, follow, settle } = here;
      const { login: self, account } = await act(here);
      const [friend, fan, mutual] = [nth(crowd, 1), nth(crowd, 2), nth(crowd, 3)];
      await Promise.all([follow(self, friend), follow(fan, self), follow(self, mutual), follow(mutual, self)]);
      await settle();
      const asked = [friend, fan, mutual, nth(crowd, 4)].map((one) => one.nativeId);
      expect(await account.relations(asked)).toMatchObject([
        { nativeId: asked[0], follows: true, followedBy: false },
        { nativeId: asked[1], follows: false, followedBy: true },
        { nativeId: asked[2], follows: true, followedBy: true },
        { nativeId: asked[3], follows: false, followedBy: false },
      ]);
    });

    test('of nobody are none, and of an unknown account too', async () => {
      const here = world();
      const { account } = await act(here);
      const other = (await here.newLogin()).nativeId;
      expect(await account.relations([])).toEqual([]);
      expect(await account.relations([other])).toMatchObject([{ nativeId: other, follows: false, followedBy: false }]);
    });

    test("of the account's own people are listed", async () => {
      const here = world();
      const { login: self, account } = await act(here);
      const [friend, fan] = [nth(here.crowd, 1), nth(here.crowd, 2)];
      await Promise.all([here.follow(self, friend), here.follow(fan, self)]);
      await here.settle();
      const following = await pagesOf((cursor) => account.following(cursor));
      expect(following.flatMap((page) => page.items)).toMatchObject([friend]);
      const followers = await pagesOf((cursor) => account.followers(cursor));
      expect(followers.flatMap((page) => page.items)).toMatchObject([fan]);
    });

    test(`${traits.keepsFollows ? 'stay as they are' : 'end both ways, for good,'} when one ${traits.blocks ? 'blocks' : 'mutes'} the other`, async () => {
      const here = world();
      const { login, account } = await act(here);
      const writes = writesFor(here, 1);
      const other = nth(here.crowd, 0);
      await Promise.all([here.follow(login, other), here.follow(other, login)]);
      await account.apply(deedOf(here), writes, null, here.now());
      await here.settle();
      const left = { nativeId: other.nativeId, follows: traits.keepsFollows, followedBy: traits.keepsFollows };
      expect(await account.relations([other.nativeId])).toMatchObject([left]);
      await account.lift(deedOf(here), writes, await account.head());
      await here.settle();
      expect(await account.relations([other.nativeId])).toMatchObject([left]);
      expect(here.port.abilities[deedOf(here)]?.endsFollows).toBe(!traits.keepsFollows);
    });
  });
}

async function pagesOf(page: (cursor: string | null) => Promise<ProfilePage>): Promise<ProfilePage[]> {
  const pages: ProfilePage[] = [];
  for (let cursor: string | null = null; ; ) {
    const next: ProfilePage = await page(cursor);
    pages.push(next);
    if (next.cursor === null) return pages;
    cursor = next.cursor;
  }
}
