import { expect, test } from 'vitest';
import { actorIn } from './query.ts';

const DID = 'did:plc:44ybard66vv44zksje25o7dz';

test.each([
  ['alice.example.com', 'alice.example.com'],
  ['@alice.example.com', 'alice.example.com'],
  ['  @Alice.Example.COM ', 'alice.example.com'],
  ['\u202a@alice.example.com\u202c', 'alice.example.com'],
  ['at://alice.example.com', 'alice.example.com'],
  [`at://${DID}/app.bsky.feed.post/3k`, DID],
  ['https://bsky.app/profile/alice.example.com', 'alice.example.com'],
  ['https://bsky.app/profile/alice.example.com/post/3kabc?ref=x', 'alice.example.com'],
  ['bsky.app/profile/alice.example.com#top', 'alice.example.com'],
  [`https://bsky.app/profile/${DID}`, DID],
  [DID, DID],
  ['did:web:example.com', 'did:web:example.com'],
])('%j means %s', (query, actor) => {
  expect(actorIn(query)).toBe(actor);
});

test.each(['', '@', 'alice', 'alice smith', 'https://example.com/alice', 'did:plc', 'a@b.example', '../etc/passwd'])(
  '%j can be nobody',
  (query) => {
    expect(() => actorIn(query)).toThrow('not_found');
  },
);
