import { expect, test } from 'vitest';
import { toProfile } from './mapper.ts';

const HOME = { domain: 'home.example', origin: 'https://home.example' };
const account = (more: { acct: string; uri: string }) => ({
  id: '1',
  username: 'sam',
  displayName: 'Sam',
  followersCount: 3,
  followingCount: 4,
  ...more,
});

test('a server is believed about the names and numbers of its own people', () => {
  expect(toProfile(account({ acct: 'sam', uri: 'https://home.example/users/sam' }), HOME)).toEqual({
    nativeId: 'https://home.example/users/sam',
    handle: 'sam@home.example',
    displayName: 'Sam',
    followers: 3,
    following: 4,
    verified: null,
  });
});

test.each([
  ['sam@far.example', 'https://far.example/users/sam', 'sam@far.example'],
  ['sam@example.org', 'https://social.example.org/users/sam', 'sam@example.org'],
  ['sam@social.example.org', 'https://example.org/users/sam', 'sam@social.example.org'],
  // A name that is not of the actor's domain is not passed on.
  ['troll@evil.example', 'https://far.example/users/sam', 'https://far.example/users/sam'],
])('of others it is heard what they are called: %s', (acct, uri, handle) => {
  expect(toProfile(account({ acct, uri }), HOME)).toEqual({
    nativeId: uri,
    handle,
    displayName: null,
    followers: null,
    following: null,
    verified: null,
    hearsay: true,
  });
});
