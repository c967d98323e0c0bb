import type { FediEvent } from '../mastodon/events.ts';
import type { XEvent } from '../x/events.ts';
import type { ListChange } from './lists.ts';
import type { PostChange } from './posts.ts';

export const COLLECTIONS = ['app.bsky.graph.block', 'app.bsky.graph.follow'] as const;
export type Collection = (typeof COLLECTIONS)[number];
export const BLOCK: Collection = 'app.bsky.graph.block';
export const FOLLOW: Collection = 'app.bsky.graph.follow';

export const POST = 'app.bsky.feed.post';
export const LIST = 'app.bsky.graph.list';
export const STARTER_PACK = 'app.bsky.graph.starterpack';

export const STATUSES = ['active', 'deactivated', 'suspended', 'deleted'] as const;
export type Status = (typeof STATUSES)[number];

/** An account with a name of its own. `followers` of its followers are computed, numbered from 0. */
export type Account = {
  index: number;
  did: string;
  handle: string;
  displayName: string | null;
  /** Null where nobody can sign in. */
  password: string | null;
  /** Whether signing in with the password alone is refused for want of a code. */
  secondFactor: boolean;
  /** Whether a trusted verifier vouches for it. */
  verified: boolean;
  followers: number;
};

/** One change in a repository: create (collection, key, subject, createdAt) or delete (collection, key). */
export type Change = readonly ['c', Collection, string, string, string] | readonly ['d', Collection, string];

/**
 * What somebody lets an app do. `token` names the access token that works and `refresh` is the refresh token that does;
 * keys are thumbprints, the client's null where it has none. Times are the sandbox's, in milliseconds.
 */
export type GrantRow = {
  id: string;
  did: string;
  clientId: string;
  clientKey: string | null;
  proofKey: string;
  scope: string;
  token: string;
  refresh: string;
  beganAt: number;
  renewedAt: number;
  dead: boolean;
};

/** Everything that ever changes. The journal holds these, one a line; state is what they add up to. */
export type StateEvent =
  | { t: 'world'; seed: string; secret: string }
  | { t: 'accounts'; accounts: Account[] }
  | { t: 'commit'; did: string; rev: string; changes: Change[]; hand: boolean }
  /** A computed follower stopped following the account they follow by birth, or began again. */
  | { t: 'birth-follow'; did: string; on: boolean }
  | { t: 'mute'; did: string; subject: string; on: boolean }
  | { t: 'status'; did: string; status: Status }
  | { t: 'rename'; did: string; handle: string }
  /** `refresh` is the only refresh token that works, null when none does; `dead` ends access tokens too. */
  | { t: 'session'; id: string; did: string; refresh: string | null; dead: boolean }
  | ({ t: 'grant' } & GrantRow)
  /** An app with a site of its own, as if its description had been fetched from there. */
  | { t: 'client'; id: string; name: string; redirectUris: string[]; scope: string; keys: Record<string, string>[] }
  /** People are named by DID, records by at-URI. */
  | { t: 'posts'; change: PostChange<string> }
  | { t: 'lists'; change: ListChange<string> }
  | { t: 'clock'; offsetMs: number }
  | { t: 'limits'; on: boolean }
  /** What happened on the servers that speak Mastodon's API, and on X. */
  | FediEvent
  | XEvent;
