import { expect, test } from 'vitest';
import { recordIn, recordOf, uriOf } from './record-query.ts';

const DID = 'did:plc:44ybard66vv44zksje25o7dz';
const POST = `at://${DID}/app.bsky.feed.post/3kabc`;

test.each([
  ['post', 'https://bsky.app/profile/Alice.Example.com/post/3kabc', 'at://alice.example.com/app.bsky.feed.post/3kabc'],
  [
    'post',
    'bsky.app/profile/alice.example.com/post/3kabc/quotes?ref=x#y',
    'at://alice.example.com/app.bsky.feed.post/3kabc',
  ],
  ['post', `\u202ahttps://bsky.app/profile/${DID}/post/3kabc\u202c`, POST],
  ['post', `https://bsky.app/profile/${encodeURIComponent(DID)}/post/3kabc`, POST],
  ['post', `https://a.fork.example/profile/${DID}/post/3kabc`, POST],
  ['post', POST, POST],
  ['post', 'AT://alice.example.com/app.bsky.feed.post/3kabc', 'at://alice.example.com/app.bsky.feed.post/3kabc'],
  ['list', `https://bsky.app/profile/${DID}/lists/3kabc`, `at://${DID}/app.bsky.graph.list/3kabc`],
  ['list', `https://bsky.app/starter-pack/${DID}/3kabc`, `at://${DID}/app.bsky.graph.starterpack/3kabc`],
  ['list', `https://bsky.app/start/${DID}/3kabc`, `at://${DID}/app.bsky.graph.starterpack/3kabc`],
] as const)('a %s in %s', (of, query, uri) => {
  expect(uriOf(recordIn(of, query))).toBe(uri);
});

test.each([
  ['post', ''],
  ['post', 'https://bsky.app/profile/alice.example.com'],
  ['post', 'https://bsky.app/profile/alice/post/3kabc'],
  ['post', `https://bsky.app/profile/${DID}/lists/3kabc`],
  ['post', `at://${DID}/app.bsky.graph.list/3kabc`],
  ['post', `at://${DID}/app.bsky.feed.post`],
  ['post', `at://${DID}/app.bsky.feed.post/..`],
  ['post', `at://${DID}/app.bsky.feed.post/a/b`],
  ['post', 'https://bsky.app/profile/%E0%A4%A/post/3kabc'],
  ['list', POST],
  ['list', 'https://[/profile/x.example/lists/1'],
] as const)('no %s in %j', (of, query) => {
  expect(() => recordIn(of, query)).toThrow('not_found');
});

test('a reference is by DID and nothing but the record', () => {
  expect(recordOf('post', POST).uri).toBe(POST);
  for (const ref of ['at://alice.example.com/app.bsky.feed.post/3kabc', `${POST}?x`, ` ${POST}`, 'https://bsky.app/'])
    expect(() => recordOf('post', ref)).toThrow('not_found');
});
