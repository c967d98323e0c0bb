import { Unreadable } from '../http/index.ts';
import { type Located, NetworkError, type PublicProfile } from '../port.ts';
import type { Client } from './client.ts';
import { Refused } from './errors.ts';
import { counted } from './mapper.ts';
import { type Status, statusSchema } from './schemas.ts';
import { postIn } from './status-query.ts';

export type CountedKind = 'likers' | 'reposters' | 'quoters' | 'repliers';

/** How many a post says there are of a kind. */
export function countOf(status: Status, kind: CountedKind): number | null {
  switch (kind) {
    case 'likers':
      return counted(status.favouritesCount);
    case 'reposters':
      return counted(status.reblogsCount);
    case 'quoters':
      return counted(status.quotesCount);
    case 'repliers':
      return counted(status.repliesCount);
  }
}

/** One post, by the id that this server gives it. Null where the server shows strangers nothing. */
export async function statusBy(client: Client, id: string): Promise<Status | null> {
  try {
    const read = statusSchema.safeParse(await client.v1.statuses.$select(id).fetch());
    if (!read.success) throw new Unreadable('no post');
    return read.data;
  } catch (error) {
    if (isShut(error)) return null;
    throw error;
  }
}

export type LocateVia = {
  connect(origin: string): Client;
  /** The origin of a host that a stranger named, as far as it may be called. */
  originOf(host: string): string;
  resolve(query: string): Promise<PublicProfile>;
};

/**
 * The post behind a link of any server. The one asked first may only have heard of it: the word is with the server where it was
 * written, as its URI says. A server that shows strangers nothing leaves its own addresses to be believed as they are written.
 */
export async function locatePost(kind: CountedKind, query: string, via: LocateVia): Promise<Located> {
  const named = postIn(query);
  const origin = via.originOf(new URL(named.origin).host);
  let status: Status | null;
  try {
    status = await statusBy(via.connect(origin), named.id);
  } catch (error) {
    // Gone may be the post or its author; the address says who that was.
    if (error instanceof Refused && error.status === 404) await authorIn(query, via);
    throw error;
  }
  if (status === null) return asWritten(query, origin, named.id, via);
  if (status.reblog) status = status.reblog;
  const home = postIn(status.uri);
  const homeOrigin = via.originOf(new URL(home.origin).host);
  const own = homeOrigin === origin ? status : await statusBy(via.connect(homeOrigin), home.id);
  if (own !== null && own.uri !== status.uri) throw new NetworkError('not_found');
  const told = own ?? status;
  const author = await via.resolve(told.account.uri || authorAddress(told.uri));
  // A server has the word about its own people only.
  if (via.originOf(new URL(author.nativeId).host) !== homeOrigin) throw new NetworkError('not_found');
  return { ref: status.uri, author, total: own === null ? null : countOf(own, kind), title: null };
}

/** `/@alice/1` and `/users/alice/statuses/1` are one post on Mastodon. Its author is asked for all the same. */
async function asWritten(query: string, origin: string, id: string, via: LocateVia): Promise<Located> {
  const author = await authorIn(query, via);
  // The address of a post that it only heard of.
  if (author === null || new URL(author.nativeId).origin !== origin) throw new NetworkError('not_found');
  return { ref: `${author.nativeId}/statuses/${id}`, author, total: null, title: null };
}

/** Throws as `resolve` does for an author who is gone; null where the address names nobody. */
async function authorIn(query: string, via: LocateVia): Promise<PublicProfile | null> {
  const named = /^https?:\/\/[^/]+\/(?:(?:web|deck)\/)?(?:@[^/]+|users\/[^/]+|ap\/users\/[^/]+)/i.exec(
    query.trim(),
  )?.[0];
  return named === undefined ? null : via.resolve(named.replace(/\/(?:web|deck)\//, '/'));
}

/** The author's URI in that of a post, as Mastodon makes them. */
export function authorAddress(uri: string): string {
  return uri.replace(/\/statuses\/[^/]+$/, '');
}

/** What a server answers strangers whom it shows nothing: limited federation, GoToSocial always. */
const SHUT = new Set([401, 403]);

export function isShut(error: unknown): boolean {
  return error instanceof Refused && error.json && SHUT.has(error.status);
}
