import { type CrowdKind, NetworkError, type ProfilePage } from '../port.ts';
import type { Asking } from './asking.ts';
import type { Client } from './client.ts';
import { missing, Unreadable } from './errors.ts';
import { PAGE } from './limits.ts';
import { postOf, totalOf } from './locate.ts';
import { PROFILE_FIELDS, toProfile } from './mapper.ts';
import { cursorAfter, type Page, readPage, taken } from './pages.ts';
import { postPageSchema } from './schemas.ts';

type Params = { max_results: number; pagination_token?: string };
type List = { ask(client: Client, ref: string, params: Params): Promise<unknown>; read(data: unknown): Page };

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
    ask: async (client, ref, { pagination_token: token, ...params }) =>
      (
        await client.search(`conversation_id:${ref}`, {
          ...AUTHORS,
          ...params,
          ...(token === undefined ? {} : { next_token: token }),
        })
      ).data,
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
  const ofPost = kind === 'reposters' || kind === 'quoters' || kind === 'repliers';
  try {
    const post = ofPost && at === null ? (await postOf(read, ref, false)).post : null;
    const author = post?.author_id ?? at?.author;
    const page = await read(
      (client) => list.ask(client, ref, { max_results: PAGE, ...(at === null ? {} : { pagination_token: at.token }) }),
      list.read,
    );
    return {
      items: page.users.flatMap((user) => (user === null || user.id === author ? [] : [toProfile(user)])),
      cursor: cursorAfter(page.next, at, author),
      total: post === null ? null : totalOf(post, kind),
    };
  } catch (error) {
    // A protected account shows strangers nobody.
    if (!ofPost && error instanceof NetworkError && error.problem === 'declined')
      return { items: [], cursor: null, total: null };
    throw error;
  }
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
