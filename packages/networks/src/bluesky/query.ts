import { isValidDid, isValidHandle } from '@atproto/syntax';
import { NetworkError } from '../port.ts';

/** Marks that apps put around a copied handle to keep its direction. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const PROFILE_LINK = /^(?:https?:\/\/)?(?:www\.)?(?:bsky\.app|staging\.bsky\.app)\/profile\/([^/?#]+)/i;

/**
 * The handle or DID in what a person typed or pasted: `@alice.example`, `alice.example`, `at://…`, a link to a profile
 * or to a post, a DID. Throws `not_found` for anything else: no such account can exist.
 */
export function actorIn(query: string): string {
  const text = plain(query);
  const linked = PROFILE_LINK.exec(text)?.[1];
  const actor = (linked ?? text.replace(/^at:\/\//i, '').replace(/^@/, '')).replace(/\/.*$/, '');
  if (isValidDid(actor)) return actor;
  const handle = actor.toLowerCase();
  if (isValidHandle(handle)) return handle;
  throw new NetworkError('not_found');
}

/** What was pasted, without what apps put around it. */
export function plain(query: string): string {
  return query.replace(INVISIBLE, '').trim();
}
