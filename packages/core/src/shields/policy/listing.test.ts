import { MINUTE, SECOND } from '@secateur/base';
import { expect, test } from 'vitest';
import { listingOf } from './listing.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const WINDOW = 15 * MINUTE + 10 * SECOND;

test('a crowd of a hundred thousand on Mastodon takes six windows of 240 pages', () => {
  const listing = listingOf('mastodon', [{ size: 0, expected: 100_000, goesOnAt: null }], NOW);
  expect(listing).toMatchObject({ rest: 100_000, lots: 6, first: NOW.getTime(), until: NOW.getTime() + 5 * WINDOW });
});

test('one that may not be asked on goes on when it may', () => {
  const at = new Date(NOW.getTime() + 4 * MINUTE);
  const listing = listingOf('mastodon', [{ size: 19_200, expected: 60_000, goesOnAt: at }], NOW);
  expect(listing).toMatchObject({ rest: 40_800, lots: 3, first: at.getTime(), until: at.getTime() + 2 * WINDOW });
});

test('what is used of a window is not there a second time', () => {
  const listing = listingOf('mastodon', [{ size: 19_000, expected: 20_000, goesOnAt: null }], NOW);
  expect(listing).toMatchObject({ lots: 2, until: NOW.getTime() + WINDOW });
});

test('crowds that share an allowance take as long as all of them', () => {
  const crowd = { size: 0, expected: 24_000, goesOnAt: null };
  expect(listingOf('x', [crowd, crowd, crowd], NOW)?.until).toBe(NOW.getTime() + 2 * WINDOW);
});

test('nobody knows how long a list is whose size nobody tells', () => {
  expect(listingOf('mastodon', [{ size: 5, expected: null, goesOnAt: null }], NOW)).toBeNull();
  expect(listingOf('mastodon', [], NOW)?.until).toBe(NOW.getTime());
});
