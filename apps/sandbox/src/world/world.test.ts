import { isValidHandle } from '@atproto/syntax';
import { expect, test } from 'vitest';
import { World } from './world.ts';

const world = new World('seed');
const FIVE_MILLION = 5_000_000;
const people = Array.from({ length: 2_000 }, (_, i) => ({ crowd: 4, index: i * 2_499 }));

test('follower number five million has a DID, a handle and counts, and is found by both', () => {
  const place = { crowd: 4, index: FIVE_MILLION - 1 };
  expect(world.placeOf(world.didOf(4, FIVE_MILLION - 1))).toEqual(place);
  expect(world.placeOfHandle(world.handleOf(place))).toEqual(place);
  expect(world.countsOf(place)).toEqual(new World('seed').countsOf(place));
});

test('handles are well formed and nobody shares one', () => {
  const handles = people.map((place) => world.handleOf(place));
  expect(handles.every(isValidHandle)).toBe(true);
  expect(new Set(handles).size).toBe(people.length);
});

test('a handle with other words or other numbers is nobody’s', () => {
  const handle = world.handleOf({ crowd: 4, index: 17 });
  expect(world.placeOfHandle(handle.replace('-17.', '-18.'))).toBeNull();
  expect(world.placeOfHandle(handle.replace('-17.', '-017.'))).toBeNull();
  expect(world.placeOfHandle('troll.sandbox.test')).toBeNull();
});

test('accounts are not among the computed people', () => {
  expect(world.placeOf(world.accountDid(0))).toBeNull();
});

test('some people have put their account away and some have no display name, but few', () => {
  const away = people.filter((place) => world.isAway(place)).length;
  const nameless = people.filter((place) => world.displayNameOf(place) === null).length;
  expect(away).toBeGreaterThan(0);
  expect(away).toBeLessThan(60);
  expect(nameless).toBeGreaterThan(50);
  expect(nameless).toBeLessThan(400);
});
