import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Meter } from './meter.ts';
import { allowed, stretchOf } from './window.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const WINDOWS = [
  { seconds: 3_600, points: 3_750 },
  { seconds: 86_400, points: 26_250 },
];
const STRETCH = 300;

test('says at every later instant what the ledger would', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -90_000, max: 90_000 }), fc.integer({ min: 1, max: 4_000 })), {
        maxLength: 60,
      }),
      (wishes) => {
        const spends: { at: Date; points: number }[] = [];
        const all = [...wishes].sort((a, b) => a[0] - b[0]);
        for (const [second, points] of all.filter(([second]) => second < 0))
          spends.push({ at: stretchOf(new Date(NOW + second * 1000), STRETCH), points });
        const meter = new Meter(WINDOWS, STRETCH, spends);
        for (const [second, want] of all.filter(([second]) => second >= 0)) {
          const now = new Date(NOW + second * 1000);
          const told = allowed(WINDOWS, spends, STRETCH, now, 3);
          expect(meter.free(now.getTime())).toBe(told.points);
          expect(meter.opens(now.getTime(), 3)).toBe(told.at?.getTime());
          const points = Math.min(want, told.points);
          meter.spend(now.getTime(), points);
          if (points > 0) spends.push({ at: stretchOf(now, STRETCH), points });
        }
      },
    ),
  );
});

test('what no window ever holds is never there', () => {
  expect(new Meter(WINDOWS, STRETCH, []).opens(NOW, 4_000)).toBe(Number.POSITIVE_INFINITY);
});
