import { SECOND } from '@secateur/base';
import { type Ability, type Action, type CrowdAbility, type CrowdKind, FREE_WRITES, type Window } from '../port.ts';

/**
 * Points of the account's repository budget: a create costs 3, a delete 1, for each of the windows at once.
 * docs.bsky.app/docs/advanced-guides/rate-limits; bluesky-social/atproto packages/pds/src/rate-limits.ts
 */
export const WINDOWS: Window[] = [
  { seconds: 3_600, points: 5_000 },
  { seconds: 86_400, points: 35_000 },
];

export const ABILITIES: Record<Action, Ability> = {
  /** 200: bluesky-social/atproto packages/pds/src/api/com/atproto/repo/applyWrites.ts */
  block: {
    batch: 200,
    points: { apply: 3, lift: 1 },
    public: true,
    keyed: true,
    endsFollows: false,
    safetyNet: null,
    price: FREE_WRITES,
  },
  /** One call each, kept at the AppView: lexicons/app/bsky/graph/muteActor.json */
  mute: {
    batch: 1,
    points: { apply: 0, lift: 0 },
    public: false,
    keyed: false,
    endsFollows: false,
    safetyNet: null,
    price: FREE_WRITES,
  },
};

const PUBLIC = { needs: 'nobody', moreAsAccount: false, most: null } as const;

/**
 * All are public, and told to strangers more fully than to an account, which is not shown whoever it stands in a block relation
 * with. Accounts put away or taken down are in none.
 */
export const CROWDS: Record<CrowdKind, CrowdAbility> = {
  followers: { ...PUBLIC, of: 'account', whole: true },
  following: { ...PUBLIC, of: 'account', whole: true },
  /** Without those between whom and the author there is a block: app/bsky/feed/getLikes.ts of packages/bsky. */
  likers: { ...PUBLIC, of: 'post', whole: false },
  reposters: { ...PUBLIC, of: 'post', whole: true },
  /** Likewise: app/bsky/feed/getQuotes.ts. A quote that the author detached is still there. */
  quoters: { ...PUBLIC, of: 'post', whole: false },
  /**
   * One answer, without pages: as deep as the AppView goes, which is no more than 1,000 (lexicons/app/bsky/feed/getPostThread.json) and
   * on bsky.app a number of its own. What stands under a reply that is gone, blocked by whom it answers, or against the author's
   * rule of who may reply is not in it: packages/bsky/src/views/index.ts.
   */
  repliers: { ...PUBLIC, of: 'post', whole: false },
  /** Lists of all purposes, and the list behind a starter pack. Only of moderation lists are those shown who block their maker. */
  list: { ...PUBLIC, of: 'list', whole: false },
};

/** Most levels of replies in one answer: `depth` of lexicons/app/bsky/feed/getPostThread.json. */
export const THREAD_DEPTH = 1_000;

/** Most per page: `limit` of lexicons/app/bsky/graph/getFollowers.json, com/atproto/repo/listRecords.json and others. */
export const PAGE = 100;
/** Most accounts in one question: `others` of lexicons/app/bsky/graph/getRelationships.json. */
export const RELATION_BATCH = 30;

/** Deadlines of a call in milliseconds, from asking to the answer's last byte. */
export const READ_TIMEOUT = 15 * SECOND;
export const WRITE_TIMEOUT = 20 * SECOND;

/** No window is longer than a day, so no reset is later; a server that names a later one is not believed. */
export const LONGEST_WAIT = 86_400 * SECOND;
/** How long to stay away when a 429 does not say: one window of the host (3,000 requests in 5 minutes). */
export const DEFAULT_WAIT = 300 * SECOND;

/** The collection that holds blocks. */
export const BLOCK = 'app.bsky.graph.block';
