import { personByName } from '../state/people.ts';
import type { Post } from '../state/posts.ts';
import { invalid } from './errors.ts';
import { type Call, type Method, requiredParam, viewerOf } from './method.ts';
import { postView } from './post-views.ts';
import { isBetween } from './posts.ts';

const USUAL_DEPTH = 6;
const MOST_DEPTH = 1_000;

/**
 * app.bsky.feed.getPostThread, downwards only and without a rule of who may reply. Under a reply that is gone, or blocked by whom it
 * answers, nothing is shown.
 */
export const getPostThread: Method = {
  verb: 'GET',
  pds: false,
  run: (call) => {
    const { state } = call.site;
    const uri = byDid(call, requiredParam(call, 'uri'));
    const depth = Number(call.params.get('depth') ?? USUAL_DEPTH);
    if (!Number.isInteger(depth) || depth < 0 || depth > MOST_DEPTH) throw invalid('Error: depth is out of bounds');
    const post = state.posts.get(uri);
    const thread = post === undefined ? null : node(call, post, depth);
    if (thread === null) throw invalid(`Post not found: ${uri}`, 'NotFound');
    return { thread };
  },
};

function node(call: Call, post: Post<string>, depth: number): object | null {
  const view = postView(call.site.state, post, viewerOf(call));
  if (view === null) return null;
  const replies = depth < 1 ? null : call.site.state.posts.replies(post.id);
  return {
    $type: 'app.bsky.feed.defs#threadViewPost',
    post: view,
    ...(replies === null
      ? {}
      : {
          replies: replies
            .filter((reply) => !isBetween(call, reply.author, post.author))
            .flatMap((reply) => node(call, reply, depth - 1) ?? []),
        }),
  };
}

/** Of all methods about posts this one takes a handle too. */
function byDid({ site }: Call, uri: string): string {
  const [, actor = '', rest = ''] = /^at:\/\/([^/]+)(\/.*)$/.exec(uri) ?? [];
  const person = personByName(site.state, actor);
  return person === null ? uri : `at://${person.did}${rest}`;
}
