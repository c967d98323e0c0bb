import type { Site } from '../site.ts';
import { type Call, countIn, placeIn, signedIn, tokenFor, viewerOf } from './call.ts';
import type { XPost } from './events.ts';
import { idOf, personByRef } from './people.ts';
import { invalid, notFound } from './problem.ts';
import { page } from './users.ts';
import { userView } from './views.ts';

/** Posts have ids of their own kind, and so have the replies and quotes that people write to them. */
const FIRST = 1_900_000_000_000_000_000n;
const FIRST_LIST = 1_700_000_000_000_000_000n;
const WEEK = 7 * 86_400_000;
/** "A maximum of 100 users per Post for all time": x-api/posts/likes. */
const MOST_LIKERS = 100;

export function postIdOf(index: number): string {
  return String(FIRST + BigInt(index) * 1_000_000_000n);
}

function postById(site: Site, id: string): XPost | null {
  if (!/^19\d{17}$/.test(id)) return null;
  const number = BigInt(id) - FIRST;
  return number % 1_000_000_000n === 0n ? (site.state.x.posts[Number(number / 1_000_000_000n)] ?? null) : null;
}

/** GET /2/tweets/:id. */
export function onePost(call: Call): object {
  const viewer = viewerOf(call);
  const value = call.path[0] ?? '';
  const post = postById(call.site, value);
  if (post === null) return { errors: [notFound({ value, by: 'id', kind: 'tweet', parameter: 'id' })] };
  const author = personByRef(call.site, post.author);
  call.owed.push({ kind: 'post', resources: [value] });
  const expanded = author !== null && call.params.get('expansions') === 'author_id';
  if (expanded) call.owed.push({ kind: 'user', resources: [author.id] });
  return {
    data: {
      id: value,
      text: post.text,
      author_id: idOf(post.author),
      conversation_id: value,
      created_at: new Date(post.at).toISOString(),
      edit_history_tweet_ids: [value],
      public_metrics: {
        retweet_count: post.reposters.length,
        reply_count: post.repliers.length,
        like_count: post.likers.length,
        quote_count: post.quoters.length,
      },
    },
    ...(expanded ? { includes: { users: [userView(call, author, viewer)] } } : {}),
  };
}

/** GET /2/tweets/:id/liking_users, of accounts only, and retweeted_by. */
export function usersOf(which: 'likers' | 'reposters') {
  return (call: Call): object => {
    const viewer = which === 'likers' ? signedIn(call, 'like.read') : viewerOf(call);
    const value = call.path[0] ?? '';
    const post = postById(call.site, value);
    const count = countIn(call, 1, 100, 100);
    if (post === null) return { errors: [notFound({ value, by: 'id', kind: 'tweet', parameter: 'id' })] };
    const from = placeIn(call);
    const all = which === 'likers' ? post.likers.toReversed().slice(0, MOST_LIKERS) : post.reposters.toReversed();
    return page(call, viewer, all.slice(from, from + count), from + count < all.length ? from + count : null, 'user');
  };
}

/** GET /2/tweets/:id/quote_tweets: posts, with their authors beside them. */
export function quotes(call: Call): object {
  const value = call.path[0] ?? '';
  const post = postById(call.site, value);
  if (post === null) return { errors: [notFound({ value, by: 'id', kind: 'tweet', parameter: 'id' })] };
  return postsBy(call, post, post.quoters, 1);
}

/** GET /2/tweets/search/recent: of seven days, and only what asks for a conversation. */
export function searchRecent(call: Call): object {
  const query = call.params.get('query') ?? '';
  const id = /^conversation_id:(\d+)$/.exec(query)?.[1];
  if (id === undefined) throw invalid(`Rules must have a conversation_id here: ${query}`);
  const post = postById(call.site, id);
  const recent = post !== null && post.at > call.site.clock.now() - WEEK;
  return postsBy(call, post, recent ? post.repliers : [], 2);
}

/** Posts that people wrote about one; `use` keeps ids of quotes and replies apart. */
function postsBy(call: Call, post: XPost | null, authors: number[], use: number): object {
  const viewer = viewerOf(call);
  const count = countIn(call, 10, 10, 100);
  const from = placeIn(call);
  const shown = authors
    .map((ref, i) => ({ person: personByRef(call.site, ref), id: idAbout(post, use, i) }))
    .toReversed()
    .slice(from, from + count)
    .flatMap(({ person, id }) => (person === null || person.status !== 'active' ? [] : [{ person, id }]));
  call.owed.push({ kind: 'post', resources: shown.map((one) => one.id) });
  call.owed.push({ kind: 'user', resources: shown.map((one) => one.person.id) });
  const people = new Map(shown.map(({ person }) => [person.ref, person]));
  return {
    ...(shown.length > 0
      ? {
          data: shown.map(({ person, id }) => ({ id, text: '…', author_id: person.id, edit_history_tweet_ids: [id] })),
          includes: { users: [...people.values()].map((person) => userView(call, person, viewer)) },
        }
      : {}),
    meta: {
      result_count: shown.length,
      ...(from + count < authors.length ? { next_token: tokenFor(from + count) } : {}),
    },
  };
}

function idAbout(post: XPost | null, use: number, i: number): string {
  return String(BigInt(postIdOf(post?.index ?? 0)) + BigInt(use * 100_000_000 + i));
}

/** GET /2/lists/:id. */
export function oneList(call: Call): object {
  viewerOf(call, 'list.read');
  const value = call.path[0] ?? '';
  const list = listById(call.site, value);
  if (list === null) return { errors: [notFound({ value, by: 'id', kind: 'list', parameter: 'id' })] };
  call.owed.push({ kind: 'list', resources: [value] });
  const owner = personByRef(call.site, list.owner);
  const expanded = owner !== null && call.params.get('expansions') === 'owner_id';
  if (expanded) call.owed.push({ kind: 'user', resources: [owner.id] });
  return {
    data: { id: value, name: list.name, owner_id: idOf(list.owner), member_count: list.members.length },
    ...(expanded ? { includes: { users: [userView(call, owner, null)] } } : {}),
  };
}

/** GET /2/lists/:id/members. */
export function members(call: Call): object {
  const viewer = viewerOf(call, 'list.read');
  const value = call.path[0] ?? '';
  const list = listById(call.site, value);
  const count = countIn(call, 1, 100, 100);
  if (list === null) return { errors: [notFound({ value, by: 'id', kind: 'list', parameter: 'id' })] };
  const from = placeIn(call);
  const next = from + count < list.members.length ? from + count : null;
  return page(call, viewer, list.members.slice(from, from + count), next, 'user');
}

export function listIdOf(index: number): string {
  return String(FIRST_LIST + BigInt(index));
}

function listById(site: Site, id: string) {
  return site.state.x.lists.find((list) => listIdOf(list.index) === id) ?? null;
}
