import { CONSENT_NETWORKS, type ConsentNetwork } from '../schemas.ts';

/** Marks that apps put around a copied handle to keep its direction. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * The network on which somebody has the account that they named, where the way they named it leaves no doubt; null otherwise: a
 * bare domain is a handle on Bluesky and a server on Mastodon. A link to X is named so even where X is not offered: whoever typed it
 * is told that, and not that there is no such server.
 */
export function networkNamed(account: string): ConsentNetwork | null {
  const text = account.replace(INVISIBLE, '').trim().toLowerCase();
  if (/^(did:|at:\/\/)/.test(text) || /^(https?:\/\/)?(www\.|staging\.)?bsky\.app\//.test(text)) return 'bluesky';
  if (/^(https?:\/\/)?((www|mobile)\.)?(x|twitter)\.com\//.test(text)) return 'x';
  if (/^https?:\/\//.test(text)) return 'mastodon';
  if (/^@?[^@\s/]+@[^@\s/]+$/.test(text)) return 'mastodon';
  return /^@?[^@\s/]+\.bsky\.social$/.test(text) ? 'bluesky' : null;
}

/** The network that is meant: as the account is named, else as the button says that was pressed. */
export function networkMeant(account: string, pressed: unknown): ConsentNetwork {
  return networkNamed(account) ?? CONSENT_NETWORKS.find((network) => network === pressed) ?? CONSENT_NETWORKS[0];
}
