import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atMost } from './at-most.ts';

test('as many as there are in one, as all together in any, no more than the smallest in all', () => {
  expect(atMost([10], 1)).toBe(10);
  expect(atMost([10, 4, 3], 1)).toBe(17);
  expect(atMost([10, 4, 3], 3)).toBe(3);
  expect(atMost([10, 4, 3], 2)).toBe(7);
  expect(atMost([10, 4], 3)).toBe(0);
});

test('no crowds ever have more in common', () => {
  const crowds = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 30 })), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(crowds, fc.integer({ min: 1, max: 5 }), (members, threshold) => {
      const everybody = [...new Set(members.flat())];
      const meant = everybody.filter((who) => members.filter((crowd) => crowd.includes(who)).length >= threshold);
      expect(meant.length).toBeLessThanOrEqual(
        atMost(
          members.map((crowd) => crowd.length),
          threshold,
        ),
      );
    }),
  );
});
