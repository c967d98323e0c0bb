import { AppBskyFeedDefs } from '@atproto/api';
import { type CrowdKind, NetworkError, type ProfilePage, type PublicProfile } from '../port.ts';
import type { Client } from './client.ts';
import { PAGE, THREAD_DEPTH } from './limits.ts';
import { type AnyView, toProfile } from './mapper.ts';
import { recordOf } from './record-query.ts';

type Thread = AppBskyFeedDefs.ThreadViewPost;
type Params = { limit: number; cursor?: string };

/** Lexicons name no order that holds when none is asked for (app.bsky.graph.getFollowers, `sort`: latest or top). */
const NEWEST = 'latest';

/**
 * One page of a crowd. A list of a post that is gone would only be empty, so that it is there is asked before its first page,
 * which is also how its numbers are known.
 */
export async function crowdPage(
  appview: Client,
  kind: CrowdKind,
  ref: string,
  cursor: string | null,
): Promise<ProfilePage> {
  const params = { limit: PAGE, ...(cursor === null ? {} : { cursor }) };
  if (kind === 'followers') {
    const { data } = await appview.app.graph.getFollowers({ actor: ref, sort: NEWEST, ...params });
    return { items: data.followers.map(toProfile), cursor: data.cursor ?? null, total: null };
  }
  if (kind === 'following') {
    const { data } = await appview.app.graph.getFollows({ actor: ref, sort: NEWEST, ...params });
    return { items: data.follows.map(toProfile), cursor: data.cursor ?? null, total: null };
  }
  if (kind === 'list') return members(appview, ref, params);
  return aroundPost(appview, kind, ref, params);
}

/** A post as strangers see it. Throws `deactivated` or `suspended` where its author is, else `not_found`. */
export async function postAt(appview: Client, uri: string, author: string): Promise<AppBskyFeedDefs.PostView> {
  const [post] = (await appview.app.feed.getPosts({ uris: [uri] })).data.posts;
  if (post !== undefined) return post;
  await appview.app.actor.getProfile({ actor: author });
  throw new NetworkError('not_found');
}

async function members(appview: Client, ref: string, params: Params): Promise<ProfilePage> {
  const { uri, actor } = recordOf('list', ref);
  try {
    const { data } = await appview.app.graph.getList({ list: uri, ...params });
    const items = data.items.map((one) => toProfile(one.subject));
    return { items, cursor: data.cursor ?? null, total: data.list.listItemCount ?? null };
  } catch (error) {
    // It is gone too when its maker is; this call says so.
    await appview.app.actor.getProfile({ actor });
    throw error;
  }
}

async function aroundPost(
  appview: Client,
  kind: Exclude<CrowdKind, 'followers' | 'following' | 'list'>,
  ref: string,
  params: Params,
): Promise<ProfilePage> {
  const { uri, actor } = recordOf('post', ref);
  const post = params.cursor === undefined ? await postAt(appview, uri, actor) : null;
  const page = (views: AnyView[], next: string | undefined, total: number | undefined) => ({
    items: others(views, actor),
    cursor: next ?? null,
    total: total ?? null,
  });
  switch (kind) {
    case 'likers': {
      const { data } = await appview.app.feed.getLikes({ uri, ...params });
      const views = data.likes.map((like) => like.actor);
      return page(views, data.cursor, post?.likeCount);
    }
    case 'reposters': {
      const { data } = await appview.app.feed.getRepostedBy({ uri, ...params });
      return page(data.repostedBy, data.cursor, post?.repostCount);
    }
    case 'quoters': {
      const { data } = await appview.app.feed.getQuotes({ uri, ...params });
      const views = data.posts.map((quote) => quote.author);
      return page(views, data.cursor, post?.quoteCount);
    }
    case 'repliers': {
      const { data } = await appview.app.feed.getPostThread({ uri, depth: THREAD_DEPTH, parentHeight: 0 });
      if (!AppBskyFeedDefs.isThreadViewPost(data.thread)) throw new NetworkError('not_found');
      return page(authorsBelow(data.thread), undefined, undefined);
    }
  }
}

/** Whoever wrote below a post, at any depth. */
function authorsBelow(thread: Thread): AnyView[] {
  const authors: AnyView[] = [];
  const open: Thread[] = [thread];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const reply of node.replies ?? []) {
      if (!AppBskyFeedDefs.isThreadViewPost(reply)) continue;
      authors.push(reply.post.author);
      open.push(reply);
    }
  }
  return authors;
}

/** Each once, and never the one whose post it is: answering oneself is no part of a crowd. */
function others(views: AnyView[], author: string): PublicProfile[] {
  return [...new Map(views.map((view) => [view.did, view])).values()]
    .filter((view) => view.did !== author)
    .map(toProfile);
}
