import type { NetworkName } from '@secateur/networks/port';

/** Marks that apps put around a copied handle to keep its direction. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

const DID = /^did:(?:plc:[a-z0-9]+|web:[a-z0-9.:%-]+)$/i;
const DOMAIN = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;
const HOST = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i;
const USER = /^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/i;
/** An id of X, and what may be called a name there: docs.x.com, data dictionary. */
const NUMBER = /^\d{1,20}$/;
const X_NAME = /^\w{1,15}$/;

/**
 * The account of a network that a piece of text names, in the words that its adapter takes; null where it names none. Nothing is
 * guessed: what may be a name elsewhere is none here.
 */
export function accountIn(network: NetworkName, raw: string): string | null {
  const text = raw.replace(INVISIBLE, '').trim();
  if (text.length > 300) return null;
  return READ[network](text);
}

/** Whether the network itself calls the account that, so that nobody has to be asked who it is. */
export function isNativeId(network: NetworkName, account: string): boolean {
  return network === 'bluesky' ? DID.test(account) : network === 'x' && NUMBER.test(account);
}

const READ: Record<NetworkName, (text: string) => string | null> = {
  bluesky: (text) => {
    const linked = /^(?:https?:\/\/)?(?:www\.)?bsky\.app\/profile\/([^/?#]+)/i.exec(text)?.[1];
    const actor = linked ?? text.replace(/^at:\/\//i, '').replace(/^@/, '');
    if (DID.test(actor)) return actor;
    return DOMAIN.test(actor) ? actor.toLowerCase() : null;
  },
  mastodon: (text) => {
    if (/^https?:\/\//i.test(text)) return URL.canParse(text) && new URL(text).pathname.length > 1 ? text : null;
    const [user = '', host = '', ...rest] = text
      .replace(/^acct:/i, '')
      .replace(/^@/, '')
      .split('@');
    return rest.length === 0 && USER.test(user) && HOST.test(host) ? `${user}@${host.toLowerCase()}` : null;
  },
  x: (text) => {
    const linked = /^(?:https?:\/\/)?(?:www\.|mobile\.)?(?:x|twitter)\.com\/(\w{1,15})(?:[/?#]|$)/i.exec(text)?.[1];
    const name = linked ?? text.replace(/^@/, '');
    return NUMBER.test(text) ? text : X_NAME.test(name) ? name : null;
  },
};
