import type { Site } from '../site.ts';
import { personByDid } from '../state/people.ts';

/** A post or a list at a glance. `link` is what people would paste. */
export type PostInfo = {
  uri: string;
  link: string;
  author: string;
  text: string;
  likes: number;
  reposts: number;
  quotes: number;
  replies: number;
};
export type ListInfo = { uri: string; link: string; owner: string; name: string; members: string[] };

/** The app's own address; nothing of it is ever asked for. */
const APP = 'https://bsky.app';

/** Every post that is there, oldest first. */
export function postsOf({ state }: Site): PostInfo[] {
  return state.posts.all().map(({ id, key, author, text }) => ({
    uri: id,
    link: `${APP}/profile/${handleOf(state, author)}/post/${key}`,
    author: handleOf(state, author),
    text,
    likes: state.posts.marks('like', id).size,
    reposts: state.posts.marks('repost', id).size,
    quotes: state.posts.quotes(id).length,
    replies: state.posts.replies(id).length,
  }));
}

/** Every list and starter pack. */
export function listsOf({ state }: Site): ListInfo[] {
  return state.lists.all().map(({ id, key, owner, name, behind }) => ({
    uri: id,
    link:
      behind === null
        ? `${APP}/profile/${handleOf(state, owner)}/lists/${key}`
        : `${APP}/starter-pack/${handleOf(state, owner)}/${key}`,
    owner: handleOf(state, owner),
    name,
    members: [...state.lists.members(behind ?? id)],
  }));
}

function handleOf(state: Site['state'], did: string): string {
  return personByDid(state, did)?.handle ?? did;
}
