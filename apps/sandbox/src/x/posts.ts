import type { Site } from '../site.ts';
import { type Call, countIn, placeIn, signedIn, tokenFor, viewerOf } from './call.ts';
import type { XList, XPost } from './events.ts';
import { idOf, personByRef } from './people.ts';
import { invalid, notFound, suspended } from './problem.ts';
import { page } from './users.ts';
import { userView } from './views.ts';

const FIRST = 1_900_000_000_000_000_000n;
const FIRST_LIST = 1_700_000_000_000_000_000n;
const WEEK = 7 * 86_400_000;
/** "A maximum of 100 users per Post for all time": x-api/posts/likes. */
const MOST_LIKERS = 100;

export function postIdOf(index: number): string {
  return String(FIRST + BigInt(index));
}

export function listIdOf(index: number): string {
  return String(FIRST_LIST + BigInt(index));
}

/** Null for one that never was, and for one that is gone. */
export function postById(site: Site, id: string): XPost | null {
  const post = /^19\d{17}$/.test(id) ? site.state.x.posts[Number(BigInt(id) - FIRST)] : undefined;
  return post === undefined || post.gone ? null : post;
}

export function listById(site: Site, id: string): XList | null {
  return site.state.x.lists.find((list) => listIdOf(list.index) === id && !list.gone) ?? null;
}

/** GET /2/tweets/:id. */
export function onePost(call: Call): object {
  const viewer = viewerOf(call);
  const found = shown(call);
  if ('errors' in found) return found;
  const { post, id } = found;
  const author = personByRef(call.site, post.author);
  call.owed.push({ kind: 'post', resources: [id] });
  const expanded = author !== null && call.params.get('expansions') === 'author_id';
  if (expanded) call.owed.push({ kind: 'user', resources: [author.id] });
  const those = call.site.state.x.posts.filter((one) => !one.gone);
  return {
    data: {
      ...postView(call.site, post),
      public_metrics: {
        retweet_count: post.reposters.length,
        reply_count: those.filter((one) => one.answers === post.index).length,
        like_count: post.likers.length,
        quote_count: those.filter((one) => one.quotes === post.index).length,
      },
    },
    ...(expanded ? { includes: { users: [userView(call, author, viewer)] } } : {}),
  };
}

/** GET /2/tweets/:id/liking_users, of accounts only, and retweeted_by. */
export function usersOf(which: 'likers' | 'reposters') {
  return (call: Call): object => {
    const viewer = which === 'likers' ? signedIn(call, 'like.read') : viewerOf(call);
    const found = shown(call);
    const count = countIn(call, 1, 100, 100);
    if ('errors' in found) return found;
    const from = placeIn(call);
    const newest = found.post[which].toReversed();
    const all = which === 'likers' ? newest.slice(0, MOST_LIKERS) : newest;
    return page(call, viewer, all.slice(from, from + count), from + count < all.length ? from + count : null, 'user');
  };
}

/** GET /2/tweets/:id/quote_tweets: posts, with their authors beside them. */
export function quotes(call: Call): object {
  const found = shown(call);
  if ('errors' in found) return found;
  return postsOf(call, (one) => one.quotes === found.post.index);
}

/** GET /2/tweets/search/recent: of seven days, and only what asks for a conversation or for answers to a post. */
export function searchRecent(call: Call): object {
  const query = call.params.get('query') ?? '';
  const [, operator, id = ''] = /^(conversation_id|in_reply_to_tweet_id):(\d+)$/.exec(query) ?? [];
  if (operator === undefined) throw invalid(`Nothing else is searched here: ${query}`);
  const { site } = call;
  const since = site.clock.now() - WEEK;
  const index = Number(BigInt(id) - FIRST);
  return postsOf(call, (one) => {
    if (one.at <= since || one.answers === null) return false;
    return operator === 'conversation_id' ? rootOf(site, one) === index : one.answers === index;
  });
}

/** Newest first. Whose author is not there is not there either. */
function postsOf(call: Call, wanted: (post: XPost) => boolean): object {
  const { site } = call;
  const viewer = viewerOf(call);
  const count = countIn(call, 10, 10, 100);
  const from = placeIn(call);
  const all = site.state.x.posts.filter((one) => !one.gone && wanted(one)).toReversed();
  const shownNow = all.slice(from, from + count).flatMap((post) => {
    const author = personByRef(site, post.author);
    return author?.status === 'active' ? [{ post, author }] : [];
  });
  const people = new Map(shownNow.map(({ author }) => [author.ref, author]));
  call.owed.push({ kind: 'post', resources: shownNow.map(({ post }) => postIdOf(post.index)) });
  call.owed.push({ kind: 'user', resources: [...people.values()].map((one) => one.id) });
  return {
    ...(shownNow.length > 0
      ? {
          data: shownNow.map(({ post }) => postView(site, post)),
          includes: { users: [...people.values()].map((one) => userView(call, one, viewer)) },
        }
      : {}),
    meta: {
      result_count: shownNow.length,
      ...(from + count < all.length ? { next_token: tokenFor(from + count) } : {}),
    },
  };
}

function postView(site: Site, post: XPost): object {
  const id = postIdOf(post.index);
  return {
    id,
    text: post.text,
    author_id: idOf(post.author),
    conversation_id: postIdOf(rootOf(site, post)),
    created_at: new Date(post.at).toISOString(),
    edit_history_tweet_ids: [id],
  };
}

/** The post that a conversation began with. */
function rootOf(site: Site, post: XPost): number {
  let at = post;
  for (;;) {
    const above = at.answers === null ? undefined : site.state.x.posts[at.answers];
    if (above === undefined) return at.index;
    at = above;
  }
}

/** The post in the path, or why there is none to show. */
function shown({ site, path }: Call): { post: XPost; id: string } | { errors: object[] } {
  const id = path[0] ?? '';
  const about = { value: id, by: 'id', kind: 'tweet', parameter: 'id' };
  const post = postById(site, id);
  if (post === null) return { errors: [notFound(about)] };
  const status = personByRef(site, post.author)?.status;
  if (status === 'suspended') return { errors: [suspended(about)] };
  return status === 'deleted' ? { errors: [notFound(about)] } : { post, id };
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
