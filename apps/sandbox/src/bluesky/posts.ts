import { type Person, personByDid } from '../state/people.ts';
import type { Mark } from '../state/posts.ts';
import { invalid } from './errors.ts';
import { type Call, limitParam, type Method, requiredParam, viewerOf } from './method.ts';
import { cutPage } from './pages.ts';
import { postView } from './post-views.ts';
import { profileView } from './views.ts';

const MOST_POSTS = 25;

/** app.bsky.feed.getPosts: leaves out whatever it can't show. */
export const getPosts: Method = {
  verb: 'GET',
  pds: false,
  run: (call) => {
    const { state } = call.site;
    const viewer = viewerOf(call);
    const uris = call.params.getAll('uris');
    if (uris.length > MOST_POSTS) throw invalid(`Error: uris must not have more than ${MOST_POSTS} elements`);
    return {
      posts: uris.flatMap((uri) => {
        const post = state.posts.get(uri);
        const view = post === undefined ? null : postView(state, post, viewer);
        return view === null ? [] : [view];
      }),
    };
  },
};

/** app.bsky.feed.getLikes: without those between whom and the author there is a block. A post that is gone has its likes still. */
export const getLikes: Method = {
  verb: 'GET',
  pds: false,
  run: (call) => {
    const { people, ...page } = marked(call, 'like', true);
    const at = new Date(call.site.clock.now()).toISOString();
    return { ...page, likes: people.map((actor) => ({ actor, createdAt: at, indexedAt: at })) };
  },
};

/** app.bsky.feed.getRepostedBy. */
export const getRepostedBy: Method = {
  verb: 'GET',
  pds: false,
  run: (call) => {
    const { people, ...page } = marked(call, 'repost', false);
    return { ...page, repostedBy: people };
  },
};

/** app.bsky.feed.getQuotes: detached ones too, but none between whose author and the quoted one there is a block. */
export const getQuotes: Method = {
  verb: 'GET',
  pds: false,
  run: (call) => {
    const { state } = call.site;
    const viewer = viewerOf(call);
    const uri = requiredParam(call, 'uri');
    const { items, cursor } = cutPage(
      state.world,
      `quotes ${uri}`,
      state.posts.quotes(uri),
      limitParam(call),
      call.params.get('cursor'),
    );
    return {
      uri,
      posts: items
        .filter((quote) => !isBetween(call, quote.author, authorOf(uri)))
        .flatMap((quote) => postView(state, quote, viewer) ?? []),
      ...(cursor === null ? {} : { cursor }),
    };
  },
};

function marked(call: Call, mark: Mark, blocksCount: boolean): { uri: string; cursor?: string; people: object[] } {
  const { state } = call.site;
  const viewer = viewerOf(call);
  const uri = requiredParam(call, 'uri');
  const all = [...state.posts.marks(mark, uri)];
  const cursorBefore = call.params.get('cursor');
  const { items, cursor } = cutPage(state.world, `${mark} ${uri}`, all, limitParam(call), cursorBefore);
  const people = items.flatMap((did): Person[] => {
    if (blocksCount && isBetween(call, did, authorOf(uri))) return [];
    if (viewer !== null && isBetween(call, did, viewer)) return [];
    const person = personByDid(state, did);
    return person?.status === 'active' ? [person] : [];
  });
  return {
    uri,
    ...(cursor === null ? {} : { cursor }),
    people: people.map((person) => profileView(state, person, viewer)),
  };
}

/** Whether either of two people blocks the other. */
export function isBetween({ site: { state } }: Call, one: string, other: string): boolean {
  return state.blocks(one, other) || state.blocks(other, one);
}

function authorOf(uri: string): string {
  return uri.split('/')[2] ?? '';
}
