import { describe, expect, test } from 'vitest';
import { NetworkError } from '../port.ts';
import { act, writesFor } from './acting.ts';
import type { World } from './world.ts';

export function limitsAreTold(world: () => World): void {
  describe('a write budget', () => {
    test('that is spent refuses with the time of its reset, and writes nothing', async () => {
      const here = world();
      const { login, account } = await act(here);
      const ability = here.port.abilities.block;
      const [window] = here.port.windows;
      if (!ability || !window) throw new Error('the network has no write budget');
      const affordable = Math.floor(window.points / (ability.batch * ability.points.apply));
      let last = null;
      for (let i = 0; i < affordable; i++) {
        last = (await account.apply('block', writesFor(here, ability.batch), null, here.now())).report;
      }
      expect(last).toMatchObject({
        limit: window.points,
        windowSeconds: window.seconds,
        remaining: window.points - affordable * ability.batch * ability.points.apply,
      });
      const before = here.now().getTime();
      const error = await account.apply('block', writesFor(here, ability.batch), null, here.now()).then(
        () => null,
        (cause: unknown) => cause,
      );
      expect(error).toBeInstanceOf(NetworkError);
      expect(error).toMatchObject({ problem: 'limited', uncertain: false, report: { remaining: 0 } });
      const until = error instanceof NetworkError ? (error.until?.getTime() ?? 0) : 0;
      expect(until).toBeGreaterThan(before);
      expect(until).toBeLessThanOrEqual(here.now().getTime() + window.seconds * 1_000 + 1_000);
      expect(await here.blocked(login)).toHaveLength(affordable * ability.batch);
    });
  });
}
