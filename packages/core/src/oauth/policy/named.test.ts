import { expect, test } from 'vitest';
import { networkMeant, networkNamed } from './index.ts';

test.each([
  ['@sam@example.org', 'mastodon'],
  ['sam@example.org', 'mastodon'],
  ['\u2068@sam@social.example\u2069', 'mastodon'],
  ['https://social.example/@sam', 'mastodon'],
  ['sam.bsky.social', 'bluesky'],
  ['@sam.bsky.social', 'bluesky'],
  ['https://bsky.app/profile/sam.example', 'bluesky'],
  ['did:plc:abc', 'bluesky'],
  ['https://x.com/sam', 'x'],
  ['twitter.com/sam/status/1', 'x'],
  ['https://x.company/@sam', 'mastodon'],
  ['sam.example', null],
  ['@sam.example', null],
  ['social.example', null],
  ['sam', null],
  ['', null],
  ['@@', null],
  ['a@b@c', null],
])('%s', (account, network) => {
  expect(networkNamed(account)).toBe(network);
});

test('a button says what the name leaves open, and no more', () => {
  expect(networkMeant('sam.example', 'mastodon')).toBe('mastodon');
  expect(networkMeant('sam.example', null)).toBe('bluesky');
  expect(networkMeant('@sam@social.example', 'bluesky')).toBe('mastodon');
  expect(networkMeant('sam.bsky.social', 'mastodon')).toBe('bluesky');
  expect(networkMeant('sam.example', 'elsewhere')).toBe('bluesky');
  expect(networkMeant('sam', 'x')).toBe('x');
  expect(networkMeant('sam.bsky.social', 'x')).toBe('bluesky');
  expect(networkMeant('https://x.com/sam', 'bluesky')).toBe('x');
});
