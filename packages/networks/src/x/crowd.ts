import { Unreadable } from '../http/index.ts';
import { type CrowdKind, NetworkError, type ProfilePage } from '../port.ts';
import type { Asking } from './asking.ts';
import type { Client } from './client.ts';
import { missing } from './errors.ts';
import { PAGE } from './limits.ts';
import { locatedList, postOf, totalOf } from './locate.ts';
import { PROFILE_FIELDS, toProfile } from './mapper.ts';
import { cursorAfter, type Page, readPage, taken } from './pages.ts';
import { postPageSchema } from './schemas.ts';

type Params = { max_results: number; pagination_token?: string };
/** What the first page learns and the others go by: whose the post is, and what is searched for. */
type Learned = { author?: string; search?: string };
type List = {
  ask(client: Client, ref: string, params: Params, learned: Learned): Promise<unknown>;
  read(data: unknown): Page;
};

const USERS = { 'user.fields': PROFILE_FIELDS };
const AUTHORS = { ...USERS, expansions: 'author_id' } as const;

const LISTS: Partial<Record<CrowdKind, List>> = {
  followers: { ask: (client, ref, params) => client.followers(ref, { ...USERS, ...params }), read: readPage },
  following: { ask: (client, ref, params) => client.following(ref, { ...USERS, ...params }), read: readPage },
  reposters: { ask: (client, ref, params) => client.tweetRetweetedBy(ref, { ...USERS, ...params }), read: readPage },
  quoters: {
    ask: async (client, ref, params) => (await client.quotes(ref, { ...AUTHORS, ...params })).data,
    read: readPosts,
  },
  repliers: {
    ask: async (client, ref, { pagination_token: token, ...params }, { search = `conversation_id:${ref}` }) => {
      const place = token === undefined ? {} : { next_token: token };
      return (await client.search(search, { ...AUTHORS, ...params, ...place })).data;
    },
    read: readPosts,
  },
  list: {
    ask: async (client, ref, params) => (await client.listMembers(ref, { ...USERS, ...params })).data,
    read: readPage,
  },
};

/** One page of a crowd. The author of a post is none of those around it. */
export async function crowdOf(read: Asking, kind: CrowdKind, ref: string, cursor: string | null): Promise<ProfilePage> {
  const list = LISTS[kind];
  if (list === undefined) throw new NetworkError('rejected', { message: `this network tells no ${kind}` });
  const at = taken(cursor);
  const { total, ...learned } = at === null ? await first(read, kind, ref) : { ...at, total: null };
  const { author, search } = learned;
  const known = { ...(author === undefined ? {} : { author }), ...(search === undefined ? {} : { search }) };
  const params = { max_results: PAGE, ...(at === null ? {} : { pagination_token: at.token }) };
  try {
    const page = await read((client) => list.ask(client, ref, params, known), list.read);
    return {
      items: page.users.flatMap((user) => (user === null || user.id === author ? [] : [toProfile(user)])),
      cursor: cursorAfter(page.next, at, known),
      total,
    };
  } catch (error) {
    // A protected account shows strangers nobody.
    const ofAccount = kind === 'followers' || kind === 'following';
    if (ofAccount && error instanceof NetworkError && error.problem === 'declined')
      return { items: [], cursor: null, total: null };
    throw error;
  }
}

/** What has to be known of a post or a list before its first page. */
async function first(read: Asking, kind: CrowdKind, ref: string): Promise<Learned & { total: number | null }> {
  if (kind === 'followers' || kind === 'following') return { total: null };
  if (kind === 'list') return { total: (await locatedList(read, ref, false)).total };
  const { post } = await postOf(read, ref, false);
  if (kind !== 'repliers') return { total: totalOf(post, kind), author: post.author_id };
  // X searches whole conversations; of a post in the middle of one, only those who answered it directly.
  const whole = post.conversation_id === undefined || post.conversation_id === ref;
  const search = whole ? `conversation_id:${ref}` : `in_reply_to_tweet_id:${ref}`;
  return { total: null, author: post.author_id, search };
}

/** The authors of a page of posts, one for each: somebody may be there twice. */
function readPosts(data: unknown): Page {
  const read = postPageSchema.safeParse(data);
  if (!read.success) throw new Unreadable('no list of posts');
  const { data: posts, includes, errors, meta } = read.data;
  if (posts === undefined && meta === undefined) throw new NetworkError(missing(errors?.[0]));
  const users = new Map((includes?.users ?? []).flatMap((user) => (user === null ? [] : [[user.id, user]])));
  return {
    users: (posts ?? []).map((post) => users.get(post?.author_id ?? '') ?? null),
    next: meta?.next_token ?? null,
  };
}
