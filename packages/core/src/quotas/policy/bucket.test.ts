import { DAY } from '@secateur/base';
import { expect, test } from 'vitest';
import { available, availableAt, giveBack, hold, largestCrowd, newBucket, refill } from './bucket.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);

test('a new bucket is full: a hundred thousand tokens, ten thousand a day', () => {
  expect(newBucket(NOW)).toEqual({ level: 100_000, capacity: 100_000, ratePerDay: 10_000, refilledAt: NOW });
});

test('it fills by the day and never over its brim', () => {
  const { bucket } = hold(newBucket(NOW), 30_000, NOW);
  expect(available(bucket, later(DAY))).toBe(80_000);
  expect(available(bucket, later(10 * DAY))).toBe(100_000);
});

test('more than there is is held as far as there is', () => {
  const first = hold(newBucket(NOW), 150_000, NOW);
  expect(first.granted).toBe(100_000);
  expect(hold(first.bucket, 1, NOW).granted).toBe(0);
});

test('what is given back and runs over is lost', () => {
  expect(giveBack(newBucket(NOW), 500, NOW).level).toBe(100_000);
});

test('says when there will be enough', () => {
  const { bucket } = hold(newBucket(NOW), 100_000, NOW);
  expect(availableAt(bucket, 5_000, NOW)).toEqual(later(DAY / 2));
  expect(availableAt(bucket, 1_000_000, NOW)).toEqual(later(10 * DAY));
});

test('a clock that runs backwards adds nothing and takes nothing', () => {
  const { bucket } = hold(newBucket(NOW), 10, NOW);
  expect(refill(bucket, later(-DAY)).level).toBe(bucket.level);
});

test('twenty times the capacity is the largest crowd', () => {
  expect(largestCrowd(newBucket(NOW))).toBe(2_000_000);
});
