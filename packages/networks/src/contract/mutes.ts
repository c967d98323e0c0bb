import { DAY } from '@secateur/base';
import { describe, expect } from 'vitest';
import { all, nth, type SignIn } from './acting.ts';
import { test } from './gaps.ts';
import type { Traits, World } from './world.ts';

export function mutesAreIdempotent(world: () => World, traits: Traits, act: SignIn): void {
  describe('mutes', () => {
    test('made twice are held once, lifted twice are gone', async () => {
      const here = world();
      const { account } = await act(here);
      const muted = async () => {
        await here.settle();
        return (await all((cursor) => account.held('mute', { cursor }))).map((one) => one.nativeId);
      };
      const write = [{ nativeId: nth(here.crowd, 7).nativeId, key: null }];
      for (const _ of [1, 2]) await account.apply('mute', write, null, here.now());
      expect(await muted()).toEqual([nth(here.crowd, 7).nativeId]);
      for (const _ of [1, 2]) await account.lift('mute', write, null);
      expect(await muted()).toEqual([]);
    });

    if (traits.timedMutes) {
      test('outlast our last cover by a while, and end by themselves when nobody lifts them', async () => {
        const here = world();
        const { login, account } = await act(here);
        const [timed, open] = [nth(here.crowd, 8).nativeId, nth(here.crowd, 9).nativeId];
        const until = new Date(here.now().getTime() + 42 * DAY);
        await account.apply('mute', [{ nativeId: timed, key: null, until }], null, here.now());
        await account.apply('mute', [{ nativeId: open, key: null }], null, here.now());
        const muted = new Map((await here.muted?.(login))?.map((one) => [one.nativeId, one.until]));
        expect(muted.get(open)).toBeNull();
        const ends = muted.get(timed)?.getTime() ?? 0;
        expect(ends).toBeGreaterThan(until.getTime() + DAY);
        expect(ends).toBeLessThan(until.getTime() + 60 * DAY);
      });
    }
  });
}
