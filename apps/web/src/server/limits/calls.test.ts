import { expect, test } from 'vitest';
import { createCallLimit } from './calls.ts';
import { CALLS } from './policies.ts';

test('a session makes so many calls a minute, and another one its own', async () => {
  const count = createCallLimit();
  const calls = await Promise.all(Array.from({ length: CALLS.times }, () => count('one')));
  expect(new Set(calls)).toEqual(new Set([null]));
  const seconds = await count('one');
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(await count('other')).toBeNull();
});
