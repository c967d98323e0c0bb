export const X_STATUSES = ['active', 'locked', 'suspended', 'deleted'] as const;
/** `locked`: its owner can't use it, and nobody else notices. `suspended`: taken down. */
export type XStatus = (typeof X_STATUSES)[number];

/** An account with a name of its own. `followers` of its followers are computed, numbered from 0. */
export type XAccount = {
  index: number;
  username: string;
  name: string | null;
  /** Null where nobody can sign in. */
  password: string | null;
  followers: number;
  /** Whether it shows strangers neither posts nor follows. */
  protected: boolean;
  verified: boolean;
};

/** People are numbers (../mastodon/refs.ts). */
export type XPost = {
  index: number;
  author: number;
  text: string;
  at: number;
  /** The post that it answers, and the one that it quotes, by number. */
  answers: number | null;
  quotes: number | null;
  likers: number[];
  reposters: number[];
  gone: boolean;
};
export type XList = { index: number; owner: number; name: string; members: number[]; gone: boolean };

/** What somebody lets the app do. Each renewal changes both tokens; times are the sandbox's, in milliseconds. */
export type XGrant = {
  id: number;
  /** Which app. */
  app: string;
  ref: number;
  scope: string;
  access: string;
  accessUntil: number;
  /** Null without `offline.access`. */
  refresh: string | null;
  dead: boolean;
};

/** How the app stands with X. */
export type XApp = {
  /** Whether it may block. */
  enterprise: boolean;
  /** Micro-dollars left to it; null for more than it can use. */
  credit: number | null;
  /** Addresses that browsers may be sent back to; null for any, as no real one would. */
  callbacks: string[] | null;
};

/** Whether an event happened on X: their names tell. */
export function isXEvent<E extends { t: string }>(event: E | XEvent): event is XEvent {
  return event.t.startsWith('x-');
}

/** What changes on X. Times are the sandbox's, in milliseconds. */
export type XEvent =
  | { t: 'x-accounts'; accounts: XAccount[] }
  | { t: 'x-follow'; by: number; subject: number; on: boolean }
  | { t: 'x-block'; by: number; subject: number; on: boolean; hand: boolean }
  | { t: 'x-mute'; by: number; subject: number; on: boolean; hand: boolean }
  | { t: 'x-status'; ref: number; status: XStatus }
  | { t: 'x-post'; post: XPost }
  | { t: 'x-list'; list: XList }
  | { t: 'x-app'; app: XApp }
  | ({ t: 'x-grant' } & XGrant)
  /** The app is charged. `day` is that of the read, in UTC; a resource is charged once a day. */
  | { t: 'x-charge'; kind: string; day: string; resources: string[]; amount: number };
