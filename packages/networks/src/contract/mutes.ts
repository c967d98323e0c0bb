import { describe, expect, test } from 'vitest';
import { act, all, nth } from './acting.ts';
import type { World } from './world.ts';

export function mutesAreIdempotent(world: () => World): void {
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
  });
}
