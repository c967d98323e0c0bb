import { expect, test } from 'vitest';
import { backoff } from './backoff.ts';
import { HOUR, SECOND } from './clock.ts';

test('a wait doubles with every try and stops growing at an hour', () => {
  expect([0, 1, 2, 3].map((tries) => backoff(tries, 0) / SECOND)).toEqual([2, 4, 8, 16]);
  expect([11, 100, 1_000_000].map((tries) => backoff(tries, 0))).toEqual([HOUR, HOUR, HOUR]);
});

test('the spread lengthens it by a quarter at most, and never shortens it', () => {
  expect(backoff(3, 0.999) / backoff(3, 0)).toBeCloseTo(1.25, 2);
  expect(backoff(100, 0.5)).toBe(HOUR * 1.125);
});
