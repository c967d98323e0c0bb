import fc from 'fast-check';
import { expect, test } from 'vitest';
import { divide, ourShare } from './shares.ts';
import { allowed, stretchOf } from './window.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const HOUR = { seconds: 3_600, points: 3_750 };
const DAY = { seconds: 86_400, points: 26_250 };

test('a quarter of every window is left to the user', () => {
  expect(
    ourShare([
      { seconds: 3_600, points: 5_000 },
      { seconds: 86_400, points: 35_000 },
    ]),
  ).toEqual([HOUR, DAY]);
});

test('nothing spent: all of the tightest window', () => {
  expect(allowed([HOUR, DAY], [], 300, NOW, 3)).toEqual({ points: 3_750, at: NOW });
});

test('a spent window opens again when the last moment of the stretch has left it', () => {
  const spends = [{ at: at(-600), points: 3_750 }];
  expect(allowed([HOUR, DAY], spends, 300, NOW, 3)).toEqual({ points: 0, at: at(-600 + 300 + 3_600) });
  expect(allowed([HOUR], spends, 300, at(3_299), 3).points).toBe(0);
  expect(allowed([HOUR], spends, 300, at(3_300), 3).points).toBe(3_750);
});

test('what no window ever holds is never promised', () => {
  expect(allowed([HOUR], [], 300, NOW, 4_000)).toEqual({ points: 3_750, at: null });
});

test('however the network aligns its window, it never finds more than the allowance in it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 600 })), { maxLength: 200 }),
      fc.integer({ min: 0, max: 40_000 }),
      (wishes, windowStart) => {
        const spends: { at: Date; points: number }[] = [];
        const sent: { second: number; points: number }[] = [];
        for (const [second, want] of [...wishes].sort((a, b) => a[0] - b[0])) {
          const now = at(second);
          const points = Math.min(want, allowed([HOUR], spends, 300, now, 1).points);
          if (points === 0) continue;
          spends.push({ at: stretchOf(now, 300), points });
          sent.push({ second, points });
        }
        const inWindow = sent.filter((s) => s.second >= windowStart && s.second < windowStart + 3_600);
        expect(inWindow.reduce((sum, s) => sum + s.points, 0)).toBeLessThanOrEqual(3_750);
      },
    ),
  );
});

test('lifts go first, and leave half to an escalated shield that waits', () => {
  const cost = { lift: 1, apply: 3 };
  expect(divide(150, { lifts: 200, applies: 200, escalated: false }, cost, 200)).toEqual({
    lifts: 150,
    applies: 0,
    points: 150,
  });
  expect(divide(150, { lifts: 200, applies: 200, escalated: true }, cost, 200)).toEqual({
    lifts: 75,
    applies: 25,
    points: 150,
  });
  expect(divide(10, { lifts: 0, applies: 200, escalated: false }, cost, 200)).toEqual({
    lifts: 0,
    applies: 3,
    points: 9,
  });
});
