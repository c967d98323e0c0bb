import { describe, expect } from 'vitest';
import { refusal, type SignIn, writesFor } from './acting.ts';
import { test } from './gaps.ts';
import type { Traits, World } from './world.ts';

export function abilitiesAreTold(world: () => World, traits: Traits, act: SignIn): void {
  describe('abilities', () => {
    test('say what the network lets this installation do, and what that costs', () => {
      const { abilities, prices, windows, pages, relationBatch } = world().port;
      expect(abilities.block !== null).toBe(traits.blocks);
      expect(abilities.mute).not.toBeNull();
      for (const ability of [abilities.block, abilities.mute]) {
        if (ability === null) continue;
        const charged = [
          ability.price.apply,
          ability.price.lift,
          ...Object.values(prices.held),
          prices.own,
          ...Object.values(prices.crowd),
        ];
        for (const price of charged) expect(Number.isInteger(price) && price >= 0).toBe(true);
        // Whoever charges for making something so charges for reading too, and the other way round.
        expect(new Set(charged.map((price) => price > 0)).size).toBe(1);
      }
      expect(windows.length > 0 && pages.crowd > 0 && pages.own > 0 && pages.held > 0 && relationBatch > 0).toBe(true);
    });

    if (!traits.blocks)
      test('that are none are refused before anything is sent', async () => {
        const here = world();
        const { login, account } = await act(here);
        const block = account.apply('block', writesFor(here, 1), null, here.now());
        expect(await refusal(block)).toMatchObject({ problem: 'no_access', uncertain: false });
        expect(await here.blocked(login)).toEqual([]);
      });
  });
}
