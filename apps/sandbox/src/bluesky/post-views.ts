import { cidOf } from '../ids/cid.ts';
import { POST } from '../state/events.ts';
import type { ListRow } from '../state/lists.ts';
import { personByDid } from '../state/people.ts';
import type { Post } from '../state/posts.ts';
import type { State } from '../state/state.ts';
import { profileView } from './views.ts';

/** A post as the AppView shows it; null when its author's account is put away or taken down. */
export function postView(state: State, post: Post<string>, viewer: string | null): object | null {
  const author = personByDid(state, post.author);
  if (author?.status !== 'active') return null;
  const { posts } = state;
  return {
    uri: post.id,
    cid: cidOf(post.id),
    author: profileView(state, author, viewer),
    record: recordOf(post),
    replyCount: posts.replies(post.id).length,
    repostCount: posts.marks('repost', post.id).size,
    likeCount: posts.marks('like', post.id).size,
    quoteCount: posts.quotes(post.id).length,
    indexedAt: new Date(post.at).toISOString(),
    labels: [],
    ...(post.quotes === null ? {} : { embed: embedView(state, post.id, post.quotes) }),
  };
}

/** What a quote shows of the post in it: nothing once it is gone, or was taken out of it. */
function embedView(state: State, quote: string, uri: string): object {
  const post = state.posts.get(uri);
  const author = post === undefined ? null : personByDid(state, post.author);
  const view = (kind: string, more: object) => ({
    $type: 'app.bsky.embed.record#view',
    record: { $type: `app.bsky.embed.record#${kind}`, uri, ...more },
  });
  if (state.posts.isDetached(quote)) return view('viewDetached', { detached: true });
  if (post === undefined || author?.status !== 'active') return view('viewNotFound', { notFound: true });
  return view('viewRecord', {
    cid: cidOf(uri),
    author: profileView(state, author, null),
    value: recordOf(post),
    indexedAt: new Date(post.at).toISOString(),
  });
}

/** A post as its author's repository has it. */
export function recordOf({ text, at, parent, root, quotes, mentions = [] }: Post<string>): object {
  const strong = (uri: string) => ({ uri, cid: cidOf(uri) });
  return {
    $type: POST,
    text,
    createdAt: new Date(at).toISOString(),
    ...(parent === null ? {} : { reply: { root: strong(root ?? parent), parent: strong(parent) } }),
    ...(quotes === null ? {} : { embed: { $type: 'app.bsky.embed.record', record: strong(quotes) } }),
    ...(mentions.length === 0
      ? {}
      : {
          facets: mentions.map((did) => ({
            index: { byteStart: 0, byteEnd: 1 },
            features: [{ $type: 'app.bsky.richtext.facet#mention', did }],
          })),
        }),
  };
}

/** A list as the AppView shows it; null when its maker's account is put away or taken down. */
export function listView(state: State, list: ListRow<string>, viewer: string | null): object | null {
  const creator = personByDid(state, list.owner);
  if (creator?.status !== 'active') return null;
  return {
    uri: list.id,
    cid: cidOf(list.id),
    creator: profileView(state, creator, viewer),
    name: list.name,
    purpose: `app.bsky.graph.defs#${list.purpose}`,
    listItemCount: state.lists.members(list.id).size,
    indexedAt: '2026-01-01T00:00:00.000Z',
    labels: [],
  };
}
