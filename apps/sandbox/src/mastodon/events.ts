import type { ListChange } from '../state/lists.ts';
import type { PostChange } from '../state/posts.ts';

export const FEDI_STATUSES = ['active', 'disabled', 'suspended', 'deleted'] as const;
/** `disabled`: its owner can't use it, and nobody else notices. `suspended`: taken down. */
export type FediStatus = (typeof FEDI_STATUSES)[number];

/** An account with a name of its own. `followers` of its followers are computed, numbered from 0. */
export type FediAccount = {
  index: number;
  /** Number of the server that it lives on. */
  server: number;
  username: string;
  displayName: string | null;
  /** Null where nobody can sign in. */
  password: string | null;
  followers: number;
  /** Whether it shows nobody whom it follows and who follows it. */
  hidesLists: boolean;
};

/** What changes on the servers. People are numbers (people.ts); times are the sandbox's, in milliseconds. */
export type FediEvent =
  | { t: 'fedi-posts'; change: PostChange<number> }
  | { t: 'fedi-lists'; change: ListChange<number> }
  /** A server heard of a post that was written elsewhere. */
  | { t: 'fedi-post-known'; server: number; id: string }
  | { t: 'fedi-accounts'; accounts: FediAccount[] }
  | { t: 'fedi-follow'; by: number; subject: number; on: boolean }
  | { t: 'fedi-block'; by: number; subject: number; on: boolean; hand: boolean; at: number }
  /** `until`: when the server ends it, null for never. */
  | { t: 'fedi-mute'; by: number; subject: number; on: boolean; hand: boolean; at: number; until: number | null }
  | { t: 'fedi-status'; ref: number; status: FediStatus }
  /** A server heard of somebody who lives elsewhere. */
  | { t: 'fedi-known'; server: number; ref: number }
  | ({ t: 'fedi-app' } & FediApp)
  | ({ t: 'fedi-token' } & FediToken);

export type FediApp = {
  server: number;
  id: string;
  secret: string;
  name: string;
  redirectUris: string[];
  scopes: string;
  /** Whether the server has thrown it away. */
  gone: boolean;
};

/** `ref` is null for a token of an app alone. */
export type FediToken = {
  server: number;
  token: string;
  app: string;
  ref: number | null;
  scopes: string;
  dead: boolean;
  /** Until when it lasts, and what it is renewed with, where the server has it so. */
  until?: number;
  refresh?: string;
};
