import { NetworkError } from '../port.ts';

/** Marks that apps put around a copied handle to keep its direction. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const LONGEST = 300;
/** `^[A-Za-z0-9_]{1,15}$` of the OpenAPI. */
const USERNAME = /^[A-Za-z0-9_]{1,15}$/;
const ID = /^[0-9]{1,19}$/;
const HOSTS = new Set(['x.com', 'www.x.com', 'mobile.x.com', 'twitter.com', 'www.twitter.com', 'mobile.twitter.com']);
/** Paths of X that are no accounts. */
const PAGES = new Set(['home', 'explore', 'search', 'settings', 'messages', 'notifications', 'intent', 'share', 'i']);

export type Named = { username: string } | { id: string };

/**
 * The account in what a person typed or pasted: `@name`, `name`, an id, a link to a profile or to one of its posts. Throws
 * `not_found` for anything else: no such account can exist. Digits alone are an id; `@` before them makes them a name.
 */
export function actorIn(query: string): Named {
  const text = query.replace(INVISIBLE, '').trim();
  if (text.length > LONGEST) throw new NetworkError('not_found');
  const path = pathIn(text);
  if (path !== null) return fromPath(path);
  if (ID.test(text)) return { id: text };
  const username = text.replace(/^@/, '');
  if (!USERNAME.test(username)) throw new NetworkError('not_found');
  return { username };
}

/** The path of a link to X, in its parts; null for what is no link. Throws `not_found` for one that leads elsewhere. */
function pathIn(text: string): string[] | null {
  const link = /^https?:\/\//i.test(text) ? text : /^[a-z.]+\.com\//i.test(text) ? `https://${text}` : null;
  if (link === null) return null;
  if (!URL.canParse(link)) throw new NetworkError('not_found');
  const url = new URL(link);
  if (!HOSTS.has(url.host)) throw new NetworkError('not_found');
  return url.pathname.split('/').filter((part) => part !== '');
}

function fromPath([first = '', second = '', third = '']: string[]): Named {
  if (first === 'i' && second === 'user' && ID.test(third)) return { id: third };
  const username = first.replace(/^@/, '');
  if (PAGES.has(username.toLowerCase()) || !USERNAME.test(username)) throw new NetworkError('not_found');
  return { username };
}

/** The post or the list that a link leads to, or an id alone. Throws `not_found` for anything else. */
export function refIn(query: string, of: 'post' | 'list'): string {
  const text = query.replace(INVISIBLE, '').trim();
  if (text.length > LONGEST) throw new NetworkError('not_found');
  const path = pathIn(text);
  if (path === null && ID.test(text)) return text;
  const [first = '', second = '', third = '', fourth = ''] = path ?? [];
  const id = of === 'list' ? listIn(first, second, third) : postIn(first, second, third, fourth);
  if (!ID.test(id)) throw new NetworkError('not_found');
  return id;
}

function listIn(first: string, second: string, third: string): string {
  return first === 'i' && second === 'lists' ? third : '';
}

/** `/name/status/1`, and `/i/web/status/1`, which needs no name. */
function postIn(first: string, second: string, third: string, fourth: string): string {
  if (first === 'i' && second === 'web' && third === 'status') return fourth;
  return second === 'status' ? third : '';
}
