import { expect, test } from 'vitest';
import { listIn, postIn } from './status-query.ts';

const ONE = { origin: 'https://one.example', id: '1234' };

test.each([
  'https://one.example/@alice/1234',
  'https://one.example/@alice/1234/',
  ' https://one.example/@bob@two.example/1234?x=1#y ',
  'https://One.Example/@alice/1234/favourites',
  'https://one.example/@alice/1234/reblogs',
  'https://one.example/users/alice/statuses/1234',
  'https://one.example/ap/users/99/statuses/1234',
  'https://one.example/@alice/statuses/1234',
  'https://one.example/web/@alice/1234',
  'https://one.example/deck/@alice/1234',
  'https://one.example/web/statuses/1234',
  'https://one.example/notice/1234',
])('%s is a post', (link) => {
  expect(postIn(link)).toEqual(ONE);
});

test.each([
  '',
  'alice@one.example',
  'one.example/@alice/1234',
  'https://one.example/@alice',
  'https://one.example/@alice/followers/x/y',
  'https://one.example/@alice/..%2Foauth',
  'https://one.example/tags/1234',
  'https://one.example/lists/1234',
  'at://did:plc:a/app.bsky.feed.post/3k',
  'https://bsky.app/profile/alice.example.com/post/3kabc',
  `https://one.example/@alice/${'1'.repeat(600)}`,
])('%s is none', (link) => {
  expect(() => postIn(link)).toThrow('not_found');
});

test('a list has an address', () => {
  expect(listIn('https://one.example/lists/1234')).toEqual(ONE);
  for (const link of ['https://one.example/lists/', 'https://one.example/@alice/lists/1', 'lists/1'])
    expect(() => listIn(link)).toThrow('not_found');
});
