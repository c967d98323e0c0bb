import { describe, expect, test } from 'vitest';
import type { ProfilePage } from '../port.ts';
import { act, nth, writesFor } from './acting.ts';
import type { Traits, World } from './world.ts';

export function listsAreWhole(world: () => World, traits: Traits): void {
  describe('public lists', () => {
    test('show every follower once, through short pages, to the page without a cursor', async () => {
      const { port, harasser, crowd } = world();
      const pages = await pagesOf((cursor) => port.followers(harasser.nativeId, cursor));
      const ids = pages.flatMap((page) => page.items.map((one) => one.nativeId));
      expect(pages.length).toBeGreaterThan(1);
      expect(pages[0]?.items.length).toBeLessThan(100);
      expect(ids.toSorted()).toEqual(crowd.map((one) => one.nativeId).toSorted());
    });

    test('show whom an account follows', async () => {
      const { port, harasser, crowd } = world();
      const pages = await pagesOf((cursor) => port.following(nth(crowd, 0).nativeId, cursor));
      expect(pages.flatMap((page) => page.items.map((one) => one.handle))).toEqual([harasser.handle]);
    });
  });

  describe('relations', () => {
    test('are told both ways in one question', async () => {
      const { port, crowd, follow, settle, newLogin } = world();
      const [self, friend, fan, mutual] = [await newLogin(), nth(crowd, 1), nth(crowd, 2), nth(crowd, 3)];
      await Promise.all([follow(self, friend), follow(fan, self), follow(self, mutual), follow(mutual, self)]);
      await settle();
      const asked = [friend, fan, mutual, nth(crowd, 4)].map((one) => one.nativeId);
      expect(await port.relations(self.nativeId, asked)).toEqual([
        { nativeId: asked[0], follows: true, followedBy: false },
        { nativeId: asked[1], follows: false, followedBy: true },
        { nativeId: asked[2], follows: true, followedBy: true },
        { nativeId: asked[3], follows: false, followedBy: false },
      ]);
    });

    test('of nobody are none, and of an unknown account too', async () => {
      const { port, harasser, newLogin } = world();
      const other = (await newLogin()).nativeId;
      expect(await port.relations(harasser.nativeId, [])).toEqual([]);
      expect(await port.relations(harasser.nativeId, [other])).toEqual([
        { nativeId: other, follows: false, followedBy: false },
      ]);
    });

    if (traits.keepsFollows) {
      test('stay as they are when one blocks the other', async () => {
        const here = world();
        const { login, account } = await act(here);
        const [write] = writesFor(here, 1);
        const other = nth(here.crowd, 0);
        await Promise.all([here.follow(login, other), here.follow(other, login)]);
        await account.apply('block', write === undefined ? [] : [write], null, here.now());
        await here.settle();
        expect(await here.port.relations(login.nativeId, [other.nativeId])).toEqual([
          { nativeId: other.nativeId, follows: true, followedBy: true },
        ]);
      });
    }
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
