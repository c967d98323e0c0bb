import type { Site } from '../site.ts';
import { hostOf, originOf, personByRef, uriOf } from './people.ts';
import { authorOf, localPostId, postUri, postUrl } from './post-names.ts';
import { localIdOf } from './refs.ts';
import { SERVERS } from './servers.ts';

/** A post at a glance. `link` is what people paste; `elsewhere` are its addresses on other servers that have it. */
export type FediPostInfo = {
  uri: string;
  link: string;
  elsewhere: string[];
  author: string;
  text: string;
  likes: number;
  reposts: number;
  quotes: number;
  replies: number;
};
/** `id` is for commands. */
export type FediListInfo = { id: string; address: string; owner: string; name: string; members: string[] };

export function fediPosts(site: Site): FediPostInfo[] {
  const { posts } = site.state.fediverse;
  return posts.all().flatMap((post) => {
    const author = authorOf(site, post);
    if (author === null) return [];
    const handle = `${author.username}@${hostOf(site, author.server)}`;
    const others = SERVERS.filter((one) => site.state.fediverse.knowsPost(one.index, post.id));
    return [
      {
        uri: postUri(site, post, author),
        link: postUrl(site, post, author),
        elsewhere: others.map((one) => `${originOf(site, one)}/@${handle}/${localPostId(post, one)}`),
        author: handle,
        text: post.text,
        likes: posts.marks('like', post.id).size,
        reposts: posts.marks('repost', post.id).size,
        quotes: posts.quotes(post.id).length,
        replies: posts.replies(post.id).length,
      },
    ];
  });
}

export function fediLists(site: Site): FediListInfo[] {
  const { lists } = site.state.fediverse;
  const uri = (ref: number) => {
    const person = personByRef(site, ref);
    return person === null ? [] : [uriOf(site, person)];
  };
  return lists.all().flatMap(({ id, owner, name }) => {
    const person = personByRef(site, owner);
    if (person === null) return [];
    return [
      {
        id,
        address: `${originOf(site, person.server)}/lists/${localIdOf(Number(id), person.server.index)}`,
        owner: `${person.username}@${hostOf(site, person.server)}`,
        name,
        members: [...lists.members(id)].flatMap(uri),
      },
    ];
  });
}
