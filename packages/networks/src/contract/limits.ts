import { describe, expect } from 'vitest';
import { type LimitReport, NetworkError } from '../port.ts';
import { deedOf, type SignIn, writesFor } from './acting.ts';
import { test } from './gaps.ts';
import type { World } from './world.ts';

export function limitsAreTold(world: () => World, act: SignIn): void {
  describe('a write budget', () => {
    test('that is spent refuses with the time of its reset, and writes nothing', async () => {
      const here = world();
      const { login, account } = await act(here);
      const ability = here.port.abilities[deedOf(here)];
      const [window] = here.port.windows;
      if (!ability || !window) throw new Error('the network has no write budget');
      const { batch, points } = ability;
      const affordable = Math.floor(window.points / (batch * points.apply));
      const before = here.now().getTime();
      const reports: (LimitReport | null)[] = [];
      let error: unknown = null;
      while (error === null && reports.length <= window.points) {
        try {
          const from = reports.length * batch;
          reports.push((await account.apply(deedOf(here), writesFor(here, batch, from), null, here.now())).report);
        } catch (cause) {
          error = cause;
        }
      }
      // Signing in may have cost a little of the same budget; what is known already may make a write cheaper than it is said to be.
      expect(reports.length).toBeGreaterThanOrEqual(affordable - 1);
      // A network shows its tightest limit only, which need not be this one at first.
      const told = reports.slice(reports.findIndex((report) => report !== null));
      const left = told.map((report) => report?.remaining ?? Number.NaN);
      expect(left.length).toBeGreaterThan(1);
      for (const [i, one] of left.slice(1).entries()) {
        const cost = (left[i] ?? 0) - one;
        expect(cost).toBeGreaterThan(0);
        expect(cost).toBeLessThanOrEqual(batch * points.apply);
      }
      expect(left.at(-1)).toBeLessThan(batch * points.apply);
      expect(reports.at(-1)).toMatchObject({ limit: window.points, windowSeconds: window.seconds });
      expect(error).toBeInstanceOf(NetworkError);
      expect(error).toMatchObject({ problem: 'limited', uncertain: false, report: { remaining: 0 } });
      const until = error instanceof NetworkError ? (error.until?.getTime() ?? 0) : 0;
      expect(until).toBeGreaterThan(before);
      expect(until).toBeLessThanOrEqual(here.now().getTime() + window.seconds * 1_000 + 1_000);
      expect(await here.blocked(login)).toHaveLength(reports.length * batch);
    });
  });
}
