import { expect, test } from 'vitest';
import { HOME, safePath } from './safe-path.ts';

test('a path of ours is kept with its question', () => {
  expect(safePath('/shields/new?from=1')).toBe('/shields/new?from=1');
});

test.each([
  'https://elsewhere.example/',
  '//elsewhere.example/',
  '/\\elsewhere.example',
  '/\t/elsewhere.example',
  '/.//elsewhere.example',
  '/%2e//elsewhere.example',
  '/shields/..//elsewhere.example/',
  '/.//[',
  'javascript:alert(1)',
  '/api/auth/signout',
  'shields',
  '',
  null,
  undefined,
])('%j leads to the console', (wanted) => {
  expect(safePath(wanted)).toBe(HOME);
});
