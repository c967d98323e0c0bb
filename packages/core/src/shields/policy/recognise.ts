import type { NetworkName } from '@secateur/networks/port';

/** What something that was typed or pasted names. `network` is null where the way it is named leaves that open. */
export type Recognised = { network: NetworkName | null; what: 'account' | 'post' | 'list' };

/** Marks that apps put around a copied handle to keep its direction. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

const BLUESKY =
  /^(?:https?:\/\/)?(?:www\.|staging\.)?bsky\.app\/(?:profile\/[^/?#]+(?:\/(post|lists)\/[^/?#]+)?|start(?:er-pack)?\/)/;
const RECORD = /^at:\/\/[^/]+(?:\/(app\.bsky\.feed\.post|app\.bsky\.graph\.(?:list|starterpack))\/)?/;
const X = /^(?:https?:\/\/)?(?:www\.|mobile\.)?(?:x|twitter)\.com\/(?:i\/(lists)\/|[^/?#]+(?:\/(status)\/)?)/;
/** A post of somebody's on a server that speaks Mastodon's API: as its page is called, or as its URI is. */
const FEDI_POST = /^https?:\/\/[^/]+\/(?:@[^/]+\/\d+|users\/[^/]+\/statuses\/[^/]+|(?:notice|objects|notes)\/[^/]+)/;

/** A list of somebody's own there, at the address at which they see it. */
const FEDI_LIST = /^https?:\/\/[^/]+\/(?:(?:web|deck)\/)?lists\/[\w-]+\/?$/;

/**
 * Tells by its form what a text names: somebody's account, a post or a list. It asks nobody, so whether there is such a
 * thing is found out later.
 */
export function recognise(query: string): Recognised {
  const text = query.replace(INVISIBLE, '').trim().toLowerCase();
  const record = RECORD.exec(text);
  if (record) return { network: 'bluesky', what: kindOf(record[1]) };
  const bluesky = BLUESKY.exec(text);
  if (bluesky) return { network: 'bluesky', what: text.includes('bsky.app/start') ? 'list' : kindOf(bluesky[1]) };
  const x = X.exec(text);
  if (x) return { network: 'x', what: kindOf(x[1] ?? x[2]) };
  if (FEDI_POST.test(text)) return { network: 'mastodon', what: 'post' };
  if (FEDI_LIST.test(text)) return { network: 'mastodon', what: 'list' };
  if (/^https?:\/\//.test(text) || /^(?:acct:)?@?[^@\s/]+@[^@\s/]+$/.test(text)) return account('mastodon');
  return account(/^did:/.test(text) || /^@?[^@\s/]+\.bsky\.social$/.test(text) ? 'bluesky' : null);
}

function account(network: NetworkName | null): Recognised {
  return { network, what: 'account' };
}

function kindOf(part: string | undefined): Recognised['what'] {
  if (part === undefined) return 'account';
  return part.endsWith('post') || part === 'status' ? 'post' : 'list';
}
