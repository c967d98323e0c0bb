import { NetworkError } from '../port.ts';

/** Marks that apps put around a copied handle to keep its direction. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** A name as servers of all kinds allow it: Mastodon has letters, digits and _, others also dots and hyphens. */
const USER = /^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/i;
const LONGEST = 300;

/** Whom somebody means: by handle, or by an address that only their server can read. */
export type Named = { user: string; host: string } | { uri: string };

/**
 * The account in what a person typed or pasted: `@alice@example.org`, a link to a profile on its own server or on another
 * one, an actor's URI. Throws `not_found` for anything else: no such account can exist.
 */
export function actorIn(query: string): Named {
  const text = plain(query);
  if (text.length > LONGEST) throw new NetworkError('not_found');
  if (/^https?:\/\//i.test(text)) return fromLink(text);
  const named = fromHandle(text.replace(/^acct:/i, '').replace(/^@/, ''));
  if (named === null) throw new NetworkError('not_found');
  return named;
}

/** The server in what a person typed who gave no more than that; null when there is more, or nothing. */
export function hostIn(query: string): string | null {
  const text = query
    .replace(INVISIBLE, '')
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/$/, '');
  return text === '' || text.length > LONGEST || /[@/\s?#]/.test(text) ? null : text.toLowerCase();
}

function fromHandle(text: string): { user: string; host: string } | null {
  const [user = '', host = '', ...rest] = text.split('@');
  if (rest.length > 0 || host === '' || /[\s/?#]/.test(host) || !USER.test(user)) return null;
  return { user, host: host.toLowerCase() };
}

function fromLink(text: string): Named {
  if (!URL.canParse(text)) throw new NetworkError('not_found');
  const url = new URL(text);
  // `/@alice`, `/@alice@elsewhere.example`, and a post of theirs: `/@alice/1234`.
  const name = /^\/@([^/]+)/.exec(url.pathname)?.[1];
  if (name !== undefined) {
    const named = fromHandle(name.includes('@') ? name : `${name}@${url.host}`);
    if (named === null) throw new NetworkError('not_found');
    return named;
  }
  return { uri: text };
}

/** What was pasted, without what apps put around it. */
export function plain(query: string): string {
  return query.replace(INVISIBLE, '').trim();
}
