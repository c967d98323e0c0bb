import type { Mark } from '../state/posts.ts';
import { type Call, signedIn, subjectOf, viewerOf } from './call.ts';
import { ApiError } from './errors.ts';
import { isShown, type Listed } from './follows.ts';
import { cut, leftOut, page } from './lists.ts';
import { type FediPerson, personByRef } from './people.ts';
import { authorOf, type FediPost, knowsPost, postByLocalId } from './post-names.ts';
import { statusView } from './post-views.ts';

/** What strangers are shown of a conversation: methods/statuses of docs.joinmastodon.org, since 4.0. */
const STRANGERS = { posts: 60, depth: 20 };
const MEMBERS = { posts: 4_096, depth: Number.POSITIVE_INFINITY };
const QUOTES = { usual: 20, most: 40 };
const STATUSES = { usual: 20, most: 40 };

/** GET /api/v1/statuses/:id. */
export function showStatus(call: Call): object {
  viewerOf(call, 'read:statuses');
  return statusView(call.site, call.server, subjectPost(call).post);
}

/** GET /api/v1/statuses/:id/favourited_by and reblogged_by: those whom the server knows of, the newest first. */
export function markedBy(mark: Mark) {
  return (call: Call): object[] => {
    const { site, server } = call;
    const viewer = viewerOf(call, 'read:accounts');
    const { post, author } = subjectPost(call);
    const left = leftOut(call, viewer);
    const edges = [...site.state.fediverse.posts.marks(mark, post.id)]
      .map((ref, i): Listed => ({ id: i + 1, ref }))
      .toReversed();
    return page(call, edges, (ref) => {
      const person = personByRef(site, ref);
      return person !== null && !left.has(ref) && isShown(site, server, author, person);
    });
  };
}

/** GET /api/v1/accounts/:id/statuses: newest first; to strangers only what is for everybody. */
export function statusesOf(call: Call): object[] {
  const { site, server } = call;
  const viewer = viewerOf(call, 'read:statuses');
  const author = subjectOf(call);
  const written = site.state.fediverse.posts.by(author.ref).map((post) => ({ id: Number(post.id), post }));
  const shown = cut(
    call,
    written.toReversed(),
    ({ post: { visibility } }) => viewer?.ref === author.ref || visibility === undefined || visibility === 'unlisted',
    STATUSES,
  );
  return shown.map(({ post }) => statusView(site, server, post));
}

/** GET /api/v1/statuses/:id/quotes, since 4.5: never for strangers. */
export function quotes(call: Call): object[] {
  const { site, server } = call;
  if (!server.quotes) throw new ApiError(404, 'The page you are looking for is not here');
  const viewer = signedIn(call, 'read:statuses');
  const { post } = subjectPost(call);
  const left = leftOut(call, viewer);
  const edges = site.state.fediverse.posts.quotes(post.id).map((quote) => ({ id: Number(quote.id), quote }));
  const found = cut(
    call,
    edges.toReversed(),
    ({ quote }) => isReadable(call, quote) && !left.has(quote.author),
    QUOTES,
  );
  return found.map(({ quote }) => statusView(site, server, quote));
}

/** GET /api/v1/statuses/:id/context: downwards only. Under an answer that is gone there is nothing. */
export function context(call: Call): object {
  const viewer = viewerOf(call, 'read:statuses');
  const { post } = subjectPost(call);
  const most = viewer === null ? STRANGERS : MEMBERS;
  const left = leftOut(call, viewer);
  const descendants: object[] = [];
  const below = (parent: FediPost, depth: number) => {
    if (depth > most.depth) return;
    for (const reply of call.site.state.fediverse.posts.replies(parent.id)) {
      if (descendants.length >= most.posts) return;
      if (!isReadable(call, reply)) continue;
      if (!left.has(reply.author)) descendants.push(statusView(call.site, call.server, reply));
      below(reply, depth + 1);
    }
  };
  below(post, 1);
  return { ancestors: [], descendants };
}

/** The post whose id stands in the path, as far as this server knows it. */
function subjectPost(call: Call): { post: FediPost; author: FediPerson } {
  const post = postByLocalId(call.site, call.id, call.server);
  const author = post === null ? null : authorOf(call.site, post);
  if (post === null || author === null || !knowsPost(call.site, call.server, post))
    throw new ApiError(404, 'Record not found');
  return { post, author };
}

/** Answers come to the server of what they answer, and quotes to that of what they quote. */
function isReadable({ site, server }: Call, post: FediPost): boolean {
  const about = post.parent ?? post.quotes;
  const answered = about === null ? undefined : site.state.fediverse.posts.get(about);
  const home = answered === undefined ? null : authorOf(site, answered);
  const came = home?.server.index === server.index || knowsPost(site, server, post);
  return came && authorOf(site, post) !== null;
}
