import { MINUTE, SECOND } from '@secateur/base';
import { expect, test } from 'vitest';
import { listedBy, listedWhen, listingOf } from './listing.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const WINDOW = 15 * MINUTE + 10 * SECOND;
const later = (ms: number) => new Date(NOW.getTime() + ms);
const crowd = (size: number, expected: number | null, more: { startedAt?: Date; goesOnAt?: Date } = {}) => ({
  startedAt: NOW,
  size,
  expected,
  goesOnAt: null,
  ...more,
});
/** After how long the whole is listed. */
const lasts = (...of: Parameters<typeof listingOf>) => {
  const listing = listingOf(...of);
  return listing && listedWhen(listing, listing.rest) - NOW.getTime();
};

test('a crowd of a hundred thousand on Mastodon takes six windows of 240 pages', () => {
  expect(lasts('mastodon', [crowd(0, 100_000)], NOW)).toBe(5 * WINDOW);
});

test('one that may not be asked on goes on when it may', () => {
  const more = { startedAt: later(-11 * MINUTE), goesOnAt: later(WINDOW - 11 * MINUTE) };
  expect(lasts('mastodon', [crowd(19_200, 60_000, more)], NOW)).toBe(3 * WINDOW - 11 * MINUTE);
});

test('where another limit came first, the rest of the window comes before the next', () => {
  const listing = listingOf('mastodon', [crowd(18_960, 40_000, { goesOnAt: later(5 * MINUTE) })], NOW);
  expect(listing).toMatchObject({
    first: { at: later(5 * MINUTE).getTime(), count: 240 },
    windows: { at: later(WINDOW).getTime() },
  });
  expect(lasts('mastodon', [crowd(18_960, 19_000, { goesOnAt: later(5 * MINUTE) })], NOW)).toBe(5 * MINUTE);
});

test('crowds that share an allowance take as long as all of them', () => {
  expect(lasts('x', [crowd(0, 24_000), crowd(0, 24_000), crowd(0, 24_000)], NOW)).toBe(2 * WINDOW);
});

test('nobody knows how long a list is whose size nobody tells', () => {
  expect(listingOf('mastodon', [crowd(5, null)], NOW)).toBeNull();
  expect(lasts('mastodon', [], NOW)).toBe(0);
});

test('how many are listed by then is the other side of when so many are', () => {
  const listing = listingOf('mastodon', [crowd(18_960, 100_000, { goesOnAt: later(5 * MINUTE) })], NOW);
  if (!listing) throw new Error('no listing');
  for (const count of [1, 240, 241, 19_440, 19_441, 50_000, listing.rest]) {
    const at = listedWhen(listing, count);
    expect(listedBy(listing, at)).toBeGreaterThanOrEqual(count);
    expect(listedBy(listing, at - 1)).toBeLessThan(count);
  }
});
