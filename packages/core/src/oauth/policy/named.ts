import { CONNECT_NETWORKS, CONSENT_NETWORKS, type ConnectNetwork, type ConsentNetwork } from '../schemas.ts';

/** Marks that apps put around a copied handle to keep its direction. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * The network on which somebody has the account that they named, where the way they named it leaves no doubt; null otherwise: a
 * bare domain is a handle on Bluesky and a server on Mastodon.
 */
export function networkNamed(account: string): ConnectNetwork | null {
  const text = account.replace(INVISIBLE, '').trim().toLowerCase();
  if (/^(did:|at:\/\/)/.test(text) || /^(https?:\/\/)?(www\.|staging\.)?bsky\.app\//.test(text)) return 'bluesky';
  if (/^(https?:\/\/)?((www|mobile)\.)?(x|twitter)\.com\//.test(text)) return 'x';
  if (/^https?:\/\//.test(text)) return 'mastodon';
  if (/^@?[^@\s/]+@[^@\s/]+$/.test(text)) return 'mastodon';
  return /^@?[^@\s/]+\.bsky\.social$/.test(text) ? 'bluesky' : null;
}

/** The network that is meant: as the account is named, else as the button says that was pressed. */
export function networkMeant(account: string, pressed: unknown): ConsentNetwork {
  const meant = networkToConnect(account, pressed);
  return CONSENT_NETWORKS.find((network) => network === meant) ?? CONSENT_NETWORKS[0];
}

/** The same where an account is to be connected: on X too. */
export function networkToConnect(account: string, pressed: unknown): ConnectNetwork {
  return networkNamed(account) ?? CONNECT_NETWORKS.find((network) => network === pressed) ?? CONNECT_NETWORKS[0];
}
