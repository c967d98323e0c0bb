import type { Action, LimitReport, PublicProfile, Relation } from '../port.ts';
import { WINDOWS } from './limits.ts';
import type { Account, Relationship } from './schemas.ts';

/** Which server tells about an account: the domain in the handles of its own people, and its own origin. */
export type Teller = { domain: string; origin: string };
type Asked = { domain?: string; origin: string };

const LONGEST_NAME = 200;

/** An account as a server shows it; null for one that has no usable identity. */
export function toProfile(account: Account, teller: Teller): PublicProfile | null {
  const nativeId = actorOf(account, teller);
  if (nativeId === null) return null;
  const { displayName, followersCount, followingCount } = account;
  if (!isOwn(account, teller)) {
    // What another server knows of somebody's name and numbers is what it came to hear of, or makes up.
    const handle = isOf(account.acct, nativeId) ? account.acct : nativeId;
    return { nativeId, handle, displayName: null, followers: null, following: null, verified: null, hearsay: true };
  }
  return {
    nativeId,
    handle: account.acct.includes('@') ? account.acct : `${account.acct}@${teller.domain}`,
    displayName: displayName ? displayName.slice(0, LONGEST_NAME) : null,
    followers: counted(followersCount),
    following: counted(followingCount),
    verified: null,
  };
}

/** Whether a handle may be an actor's: its domain is the actor's host, or the one lies within the other (`WEB_DOMAIN`). */
function isOf(handle: string, actor: string): boolean {
  const domain = handle.slice(handle.indexOf('@') + 1).toLowerCase();
  const { host } = new URL(actor);
  return domain === host || domain.endsWith(`.${host}`) || host.endsWith(`.${domain}`);
}

/**
 * The actor's URI. Where a server does not tell, Mastodon's are known from the profile's address, and on others that is often
 * the URI itself; one that is neither is nobody's, and will be found nowhere. Null also where a server gives its own people an
 * identity of elsewhere, or strangers one of its own.
 */
export function actorOf(account: Account, teller: Asked): string | null {
  const text = account.uri || derived(account.url ?? '');
  if (text.length > 500 || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return (url.origin === teller.origin) === isOwn(account, teller) ? text : null;
}

function derived(profile: string): string {
  return profile.replace(/^(https?:\/\/[^/]+)\/@([^/@]+)$/, '$1/users/$2');
}

/** Mastodon leaves the domain out of the handles of its own people, snac2 does not. */
function isOwn({ acct }: Account, { origin, domain }: Asked): boolean {
  const at = acct.indexOf('@');
  const host = acct.slice(at + 1).toLowerCase();
  return at < 0 || host === domain || host === new URL(origin).host;
}

/** How many, null where that is hidden (-1) or not told. */
export function counted(count: number | null | undefined): number | null {
  return count === null || count === undefined || count < 0 ? null : count;
}

export function toRelation(nativeId: string, one: Relationship | undefined): Relation {
  const held: Action[] = [];
  if (one?.blocking) held.push('block');
  if (one?.muting) held.push('mute');
  const told = { nativeId, follows: one?.following ?? false, followedBy: one?.followedBy ?? false, held };
  return one === undefined ? { ...told, unfound: true } : told;
}

/**
 * The token's budget as an answer's headers tell it: the closest limit only, which says its number and its reset (a date) and
 * not its window. One that lasts longer is another limit.
 */
export function toReport(headers: Headers, now: Date): LimitReport | null {
  const [window] = WINDOWS;
  const limit = numberIn(headers, 'x-ratelimit-limit');
  const remaining = numberIn(headers, 'x-ratelimit-remaining');
  const reset = Date.parse(headers.get('x-ratelimit-reset') ?? '');
  if (window === undefined || limit === null || remaining === null || !Number.isFinite(reset)) return null;
  // A second more: the reset of a window that just began may be rounded up.
  if (reset - now.getTime() > (window.seconds + 1) * 1_000) return null;
  return { limit, windowSeconds: window.seconds, remaining: Math.max(0, remaining), resetAt: new Date(reset) };
}

function numberIn(headers: Headers, name: string): number | null {
  const text = headers.get(name);
  const number = Number(text);
  return text === null || text === '' || !Number.isInteger(number) ? null : number;
}
