import { CommandError } from '../control/command-error.ts';
import type { Site } from '../site.ts';
import type { Post } from '../state/posts.ts';
import { fediNamed } from './named.ts';
import { type FediPerson, originOf, personByRef, uriOf, urlOf } from './people.ts';
import { localIdOf, refByLocalId } from './refs.ts';
import { SERVERS, type Server } from './servers.ts';

export type FediPost = Post<number>;

/** What a server calls a post. */
export function localPostId(post: FediPost, server: Server): string {
  return localIdOf(Number(post.id), server.index);
}

/** Which post a server's id means; null when it gave none such an id, and for one that is gone. */
export function postByLocalId(site: Site, id: string, server: Server): FediPost | null {
  const number = refByLocalId(id, server.index);
  return number === null ? null : (site.state.fediverse.posts.get(String(number)) ?? null);
}

/** Its author, null when the account is put away. */
export function authorOf(site: Site, post: FediPost): FediPerson | null {
  const author = personByRef(site, post.author);
  return author?.status === 'active' || author?.status === 'disabled' ? author : null;
}

export function postUri(site: Site, post: FediPost, author: FediPerson): string {
  return `${uriOf(site, author)}/statuses/${localPostId(post, author.server)}`;
}

export function postUrl(site: Site, post: FediPost, author: FediPerson): string {
  return `${urlOf(site, author)}/${localPostId(post, author.server)}`;
}

/** The post behind its URI or its address on its own server. */
export function postByAddress(site: Site, address: string): FediPost | null {
  const server = SERVERS.find((one) => address.startsWith(`${originOf(site, one)}/`));
  const id = /\/(\d{18})$/.exec(address)?.[1];
  const post = server === undefined || id === undefined ? null : postByLocalId(site, id, server);
  const author = post === null ? null : authorOf(site, post);
  return author?.server.index === server?.index ? post : null;
}

/** The post that a command names: by address, or as "alice@harbour/0". Throws CommandError. */
export function postNamed(site: Site, name: string): FediPost {
  const [, handle, place] = /^([^/]+)\/(\d+)$/.exec(name) ?? [];
  const own = () => {
    const { ref } = fediNamed(site, handle ?? '');
    return site.state.fediverse.posts.all().filter(({ author }) => author === ref)[Number(place)];
  };
  const post = handle === undefined ? postByAddress(site, name) : own();
  if (!post) throw new CommandError(`there is no post ${name}`);
  return post;
}

/** Whether a server has a post: it was written there, or it heard of it. */
export function knowsPost(site: Site, server: Server, post: FediPost): boolean {
  const author = personByRef(site, post.author);
  return author?.server.index === server.index || site.state.fediverse.knowsPost(server.index, post.id);
}

export function learnPost(site: Site, server: Server, post: FediPost): void {
  if (!knowsPost(site, server, post)) site.record({ t: 'fedi-post-known', server: server.index, id: post.id });
}
