import { describe, expect, test } from 'vitest';
import { NetworkError } from '../port.ts';
import { actorIn } from './query.ts';

describe('who somebody means on X', () => {
  test.each([
    ['@Loud_1', { username: 'Loud_1' }],
    ['loud', { username: 'loud' }],
    [' \u200eloud\u200f ', { username: 'loud' }],
    ['2244994945', { id: '2244994945' }],
    ['@2244994945', { username: '2244994945' }],
    ['https://x.com/loud', { username: 'loud' }],
    ['https://twitter.com/loud/status/123?s=20', { username: 'loud' }],
    ['https://mobile.twitter.com/loud/', { username: 'loud' }],
    ['x.com/loud', { username: 'loud' }],
    ['https://x.com/i/user/2244994945', { id: '2244994945' }],
  ])('%s', (query, expected) => {
    expect(actorIn(query)).toEqual(expected);
  });

  test.each([
    '',
    'not a handle',
    'sixteen_letters_',
    'loud.example.org',
    'https://example.org/loud',
    'https://x.com/home',
    'https://x.com/i/lists/123',
    'https://x.com.evil.example/loud',
    `@${'a'.repeat(400)}`,
  ])('nobody can be: %s', (query) => {
    expect(() => actorIn(query)).toThrow(NetworkError);
  });
});
