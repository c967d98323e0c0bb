import { DAY, SECOND } from '@secateur/base';
import { type Ability, type Action, type CrowdAbility, type CrowdKind, FREE_WRITES, type Window } from '../port.ts';

/**
 * Requests with one access token: `throttle_per_token_api` of mastodon/mastodon config/initializers/rack_attack.rb. Windows
 * there begin at whole multiples of their length, for everybody at once.
 */
export const WINDOWS: Window[] = [{ seconds: 300, points: 300 }];

/** Requests to one server from one of our addresses without a token: `throttle_unauthenticated_api`, the same file. */
export const ADDRESS_WINDOW: Window = { seconds: 300, points: 300 };
/** Those of them that ask for a further page: `throttle_unauthenticated_paging`, the same file. */
export const PAGING_WINDOW: Window = { seconds: 900, points: 300 };

/** How much later than our last cover the network's own end of a mute comes: time for us to be away and come back. */
export const SAFETY_NET = 14 * DAY;

/**
 * A point is a request. Each costs two: one finds the account on the user's server, one acts. What was found is remembered, so
 * a lift mostly costs one; but nobody can promise that it is remembered still. methods/accounts of docs.joinmastodon.org.
 */
const POINTS = { apply: 2, lift: 2 };
export const ABILITIES: Record<Action, Ability> = {
  /** Ends follows both ways: app/services/block_service.rb. */
  block: {
    batch: 1,
    points: POINTS,
    public: false,
    keyed: false,
    endsFollows: true,
    safetyNet: null,
    price: FREE_WRITES,
  },
  /** With a `duration`, since 3.3. */
  mute: {
    batch: 1,
    points: POINTS,
    public: false,
    keyed: false,
    endsFollows: false,
    safetyNet: SAFETY_NET,
    price: FREE_WRITES,
  },
};

/**
 * Asked of the server where the account lives or the post was written, which knows them all and may show strangers none:
 * methods/accounts and methods/statuses of docs.joinmastodon.org. An account asks its own server, which may have heard of some.
 */
const AT_HOME = { needs: 'nobody', moreAsAccount: true, most: null, whole: false } as const;
export const CROWDS: Record<CrowdKind, CrowdAbility> = {
  followers: { ...AT_HOME, of: 'account' },
  following: { ...AT_HOME, of: 'account' },
  likers: { ...AT_HOME, of: 'post' },
  reposters: { ...AT_HOME, of: 'post' },
  /** Never for strangers, and only on servers since 4.5; others are `rejected`: methods/statuses, "See quotes of a status". */
  quoters: { of: 'post', needs: 'account', moreAsAccount: true, most: null, whole: false },
  /**
   * One answer, without pages: for strangers 60 posts, 20 deep (since 4.0); for an account 4,096 of those that its own server has
   * heard of. Methods/statuses, "Get parent and child statuses in context".
   */
  repliers: { ...AT_HOME, of: 'post', most: 60 },
  /** Lists are private: an account's own, on its own server. Methods/lists. */
  list: { of: 'list', needs: 'account', moreAsAccount: true, most: null, whole: true },
};

/** Most per page of quotes: methods/statuses. */
export const QUOTE_PAGE = 40;

/** Most per page of somebody's posts: methods/accounts. */
export const POST_PAGE = 40;

/** Most per page of accounts: methods/accounts and methods/blocks of docs.joinmastodon.org. */
export const PAGE = 80;
/** No limit is documented; each id costs about 25 characters of the address. */
export const RELATION_BATCH = 40;

/** Deadlines of a call in milliseconds, from asking to the answer's last byte. */
export const READ_TIMEOUT = 15 * SECOND;
/** Longer than reading: the server fetches the account from another one, with a deadline of 10 s of its own. */
export const WRITE_TIMEOUT = 20 * SECOND;

/** No window is longer than an hour; a server that names a later reset is not believed. */
export const LONGEST_WAIT = 3_600 * SECOND;
/** How long to stay away when a 429 does not say. */
export const DEFAULT_WAIT = 300 * SECOND;

/** Pages of one list that are read before the server is taken to make them up: two million people. */
export const MOST_PAGES = 25_000;
/** Empty pages in a row that still lead on, likewise. GoToSocial ends its lists with one. */
export const MOST_EMPTY = 3;

/** Pages that a list of so many may have: some servers show 40 at most, and leave some of those out. */
export function mostPages(total: number | null): number {
  return total === null ? MOST_PAGES : Math.min(MOST_PAGES, 10 + 4 * Math.ceil(total / PAGE));
}

/** A token is renewed so long before it runs out, in milliseconds, where it can be: a call in flight must not outlive it. */
export const LEEWAY = 30 * SECOND;
