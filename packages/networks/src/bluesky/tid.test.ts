import { isValidTid } from '@atproto/syntax';
import { expect, test } from 'vitest';
import { tidAfter, tidAt, tidClock } from './tid.ts';

const NOON = Date.UTC(2026, 10, 21, 12);

test('keys are TIDs', () => {
  const keys = tidClock(() => NOON, 1_023).next(300, null);
  expect(keys.every((key) => isValidTid(key))).toBe(true);
});

test('a known instant has its known TID', () => {
  // A millisecond is 1,000 = 31 × 32 + 8 microseconds; the last two characters are the clock id.
  expect(tidAt(new Date(0))).toBe('2222222222222');
  expect(tidAt(new Date(1))).toBe('222222222zc22');
});

test('keys ascend and never repeat, even while the clock stands still or goes back', () => {
  let now = NOON;
  const clock = tidClock(() => now, 7);
  const keys = clock.next(2_000, null);
  now -= 60_000;
  keys.push(...clock.next(10, null));
  now += 120_000;
  keys.push(...clock.next(10, null));
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toEqual(keys.toSorted());
});

test('keys come after the one they must come after', () => {
  const clock = tidClock(() => NOON, 0);
  const ahead = tidAt(new Date(NOON + 1_000));
  const [key = ''] = clock.next(1, ahead);
  expect(key > ahead).toBe(true);
});

test('clocks of different ids never make the same key', () => {
  const [a, b] = [tidClock(() => NOON, 1).next(50, null), tidClock(() => NOON, 2).next(50, null)];
  expect(a.filter((key) => b.includes(key))).toEqual([]);
});

test('an instant bounds the keys made before and after it', () => {
  const [before = ''] = tidClock(() => NOON - 1, 1_023).next(1, null);
  const [after = ''] = tidClock(() => NOON, 0).next(1, null);
  const bound = tidAt(new Date(NOON));
  expect(before < bound && bound <= after).toBe(true);
});

test('the TID after one sorts right behind it', () => {
  const [one = ''] = tidClock(() => NOON, 5).next(1, null);
  expect(tidAfter(one) > one).toBe(true);
  expect(tidAfter(one).slice(0, 11)).toBe(one.slice(0, 11));
  const [last = ''] = tidClock(() => NOON, 1_023).next(1, null);
  expect(tidAfter(last)).toBe(`${tidAt(new Date(NOON)).slice(0, 10)}${next(last.charAt(10))}22`);
});

test('what is no TID is refused as a bound', () => {
  expect(() => tidClock().next(1, 'not a tid')).toThrow(RangeError);
});

function next(digit: string): string {
  const digits = '234567abcdefghijklmnopqrstuvwxyz';
  return digits.charAt(digits.indexOf(digit) + 1);
}
