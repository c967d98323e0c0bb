import { expect, test } from 'vitest';
import { leftBehind } from './left-behind.ts';
import { cookiesAt } from './own-cookies.ts';

test.for(['https://secateur.example', 'http://localhost:3420'])('at %s no cookie of ours is left out', (origin) => {
  const { cookies } = leftBehind(origin);
  const { options: _, ...ours } = cookiesAt(origin);
  expect(cookies).toEqual(expect.arrayContaining(Object.values(ours)));
  expect(cookies).toContain('__Host-leave');
});

test('cookies that we know nothing of go too, where nobody else’s are among them', () => {
  expect(leftBehind('https://secateur.example').header).toBe('"cache", "storage", "cookies"');
  expect(leftBehind('http://localhost:3420').header).toBe('"cache", "storage"');
});
