import { expect, test } from 'vitest';
import { recognise } from './recognise.ts';

test.each([
  ['sam.bsky.social', 'bluesky', 'account'],
  ['did:plc:abc', 'bluesky', 'account'],
  ['at://did:plc:abc', 'bluesky', 'account'],
  ['https://bsky.app/profile/sam.example', 'bluesky', 'account'],
  ['bsky.app/profile/sam.example/post/3abc', 'bluesky', 'post'],
  ['https://bsky.app/profile/did:plc:abc/lists/3abc', 'bluesky', 'list'],
  ['https://bsky.app/starter-pack/sam.example/3abc', 'bluesky', 'list'],
  ['at://did:plc:abc/app.bsky.feed.post/3abc', 'bluesky', 'post'],
  ['at://sam.example/app.bsky.graph.list/3abc', 'bluesky', 'list'],
  ['@sam@social.example', 'mastodon', 'account'],
  ['https://social.example/@sam', 'mastodon', 'account'],
  ['https://social.example/@sam/110', 'mastodon', 'post'],
  ['https://social.example/@sam@other.example/110', 'mastodon', 'post'],
  ['https://social.example/users/sam', 'mastodon', 'account'],
  ['https://social.example/users/sam/statuses/110', 'mastodon', 'post'],
  ['http://localhost:4001/@sam/110', 'mastodon', 'post'],
  ['https://x.com/sam', 'x', 'account'],
  ['https://twitter.com/sam/status/123?s=20', 'x', 'post'],
  ['https://x.com/i/lists/123', 'x', 'list'],
  ['sam.example', null, 'account'],
  ['@sam', null, 'account'],
  ['', null, 'account'],
])('%s', (query, network, what) => {
  expect(recognise(query)).toEqual({ network, what });
});
