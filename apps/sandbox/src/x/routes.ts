import type { Call } from './call.ts';
import type { XMethod } from './limits.ts';
import { members, oneList, onePost, quotes, searchRecent, usersOf } from './posts.ts';
import { create, heldBy, remove } from './relations.ts';
import { follows, me, oneUser, users } from './users.ts';

/** A method of the API: the name that faults and counters know it by, and what it answers. */
export type Route = { name: XMethod; run(call: Call): object };

const ROUTES: readonly (readonly [verb: string, path: RegExp, name: XMethod, run: Route['run']])[] = [
  ['GET', /^users\/me$/, 'users/me', me],
  ['GET', /^users$/, 'users', users],
  ['GET', /^users\/by\/username\/(\w+)$/, 'users', oneUser('username')],
  ['GET', /^users\/(\d+)$/, 'users', oneUser('id')],
  ['GET', /^users\/(\d+)\/followers$/, 'users/followers', follows('followers')],
  ['GET', /^users\/(\d+)\/following$/, 'users/following', follows('following')],
  ['GET', /^users\/(\d+)\/blocking$/, 'users/blocking', heldBy('block')],
  ['POST', /^users\/(\d+)\/blocking$/, 'users/blocking/create', create('block')],
  ['DELETE', /^users\/(\d+)\/blocking\/(\d+)$/, 'users/blocking/delete', remove('block')],
  ['GET', /^users\/(\d+)\/muting$/, 'users/muting', heldBy('mute')],
  ['POST', /^users\/(\d+)\/muting$/, 'users/muting/create', create('mute')],
  ['DELETE', /^users\/(\d+)\/muting\/(\d+)$/, 'users/muting/delete', remove('mute')],
  ['GET', /^tweets\/search\/recent$/, 'tweets/search/recent', searchRecent],
  ['GET', /^tweets\/(\d+)$/, 'tweets', onePost],
  ['GET', /^tweets\/(\d+)\/liking_users$/, 'tweets/liking_users', usersOf('likers')],
  ['GET', /^tweets\/(\d+)\/retweeted_by$/, 'tweets/retweeted_by', usersOf('reposters')],
  ['GET', /^tweets\/(\d+)\/quote_tweets$/, 'tweets/quote_tweets', quotes],
  ['GET', /^lists\/(\d+)$/, 'lists', oneList],
  ['GET', /^lists\/(\d+)\/members$/, 'lists/members', members],
];

/** Which method a request is for; null when there is none. `path` is what follows `/2/`. */
export function routeOf(verb: string, path: string): { route: Route; parts: string[] } | null {
  for (const [method, pattern, name, run] of ROUTES) {
    const found = method === verb ? pattern.exec(path) : null;
    if (found !== null) return { route: { name, run }, parts: found.slice(1) };
  }
  return null;
}
