import { NetworkError } from '../port.ts';
import { plain } from './query.ts';
import { localId } from './schemas.ts';

/** A post as one server calls it: `id` is that server's, which need not be the one where it was written. */
export type NamedPost = { origin: string; id: string };

const ID = '([\\w-]{1,64})';
/**
 * How servers of this kind write the addresses and URIs of posts: Mastodon (also as seen from another server, and its older and newer
 * URIs), GoToSocial, Pleroma and its kin.
 */
const PATHS = [
  `/@[^/]+/${ID}`,
  `/@[^/]+/statuses/${ID}`,
  `/users/[^/]+/statuses/${ID}`,
  `/ap/users/[^/]+/statuses/${ID}`,
  `/(?:web|deck)/@[^/]+/${ID}`,
  `/(?:web/)?statuses/${ID}`,
  `/notice/${ID}`,
].map((path) => new RegExp(`^${path}(?:/(?:favourites|reblogs|quotes|embed|activity))?/?$`));

/** The post in a link or a URI. Throws `not_found` for anything else. */
export function postIn(query: string): NamedPost {
  const text = plain(query);
  if (text.length > 500 || !/^https?:\/\//i.test(text) || !URL.canParse(text)) throw new NetworkError('not_found');
  const { origin, pathname } = new URL(text);
  for (const path of PATHS) {
    const id = localId.safeParse(path.exec(pathname)?.[1]);
    if (id.success) return { origin, id: id.data };
  }
  throw new NetworkError('not_found');
}

/** The list in the address at which its owner sees it. Throws `not_found`. */
export function listIn(query: string): NamedPost {
  const text = plain(query);
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) throw new NetworkError('not_found');
  const { origin, pathname } = new URL(text);
  const id = localId.safeParse(/^\/(?:web\/|deck\/)?lists\/([^/]+)\/?$/.exec(pathname)?.[1]);
  if (!id.success) throw new NetworkError('not_found');
  return { origin, id: id.data };
}
