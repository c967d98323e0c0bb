import { describe, expect } from 'vitest';
import { refusal } from './acting.ts';
import { test } from './gaps.ts';
import type { Traits, World } from './world.ts';

export function accountsAreFound(world: () => World, traits: Traits): void {
  describe('resolve', () => {
    test('finds one account by its handle, with or without @, its id and its link', async () => {
      const { port, harasser, linkTo } = world();
      for (const query of [harasser.handle, ` @${harasser.handle} `, harasser.nativeId, linkTo(harasser)]) {
        expect(await port.resolve(query)).toMatchObject(harasser);
      }
    });

    test('counts followers and following', async () => {
      const { port, harasser, crowd } = world();
      const found = await port.resolve(harasser.nativeId);
      expect(found.followers).toBeGreaterThanOrEqual(crowd.length);
      expect(found.following).toBe(0);
    });

    for (const query of ['unknown', 'not a handle at all'])
      test(`says not_found: ${query}`, async () => {
        const { port, unknown } = world();
        expect(await refusal(port.resolve(query === 'unknown' ? unknown : query))).toMatchObject({
          problem: 'not_found',
        });
      });

    test('says that an account was taken down', async () => {
      const { port, suspended } = world();
      expect(await refusal(port.resolve(suspended.handle))).toMatchObject({ problem: 'suspended' });
    });

    if (traits.putAway) {
      test('tells an account put away by its owner from one taken down', async () => {
        const { port, deactivated } = world();
        expect(await refusal(port.resolve(String(deactivated?.handle)))).toMatchObject({ problem: 'deactivated' });
      });
    }
  });
}
