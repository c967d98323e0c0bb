import { DAY, SECOND } from '@secateur/base';
import type { Ability, Action, CrowdAbility, CrowdKind, ReadPrices, Window } from '../port.ts';

/** Sources: docs.x.com, x-api/fundamentals/rate-limits (limits), x-api/getting-started/pricing (prices), both as of 2026-08-22. */

/**
 * Mutes by one account, and as many times unmutes: X counts them apart, we count them as one, since its limits have been seen
 * lower for some apps than they are documented. Blocks are counted the same way (the documented number is from before they
 * were Enterprise's alone).
 */
export const WINDOWS: Window[] = [{ seconds: 900, points: 50 }];

/** Requests of our app, for all its users together, by what is asked; each endpoint has a window of its own. */
export const APP_WINDOW: Window = { seconds: 900, points: 300 };
/** The same for posts and lists. */
export const NARROW_WINDOW: Window = { seconds: 900, points: 75 };

const POINTS = { apply: 1, lift: 1 };

/** What is possible depends on what this installation has bought. */
export function abilitiesOf(enterprise: boolean): Record<Action, Ability | null> {
  return { block: enterprise ? BLOCK : null, mute: MUTE };
}

/**
 * Enterprise only: x-api/users/blocks, and absent from its OpenAPI 2.167. No price is published: taken for that of any
 * other relation made or ended.
 */
const BLOCK: Ability = {
  batch: 1,
  points: POINTS,
  public: false,
  keyed: false,
  endsFollows: true,
  safetyNet: null,
  price: { apply: 15_000, lift: 10_000 },
};
/** "User Interaction: Create" is taken to be a mute's price too, since none of its own is published; "Mute: Delete" is. */
const MUTE: Ability = {
  batch: 1,
  points: POINTS,
  public: false,
  keyed: false,
  endsFollows: false,
  safetyNet: null,
  price: { apply: 15_000, lift: 5_000 },
};

/** A cent for every account shown, whoever's it is; the lower price of what one owns is for whoever owns the app. */
export const PRICES: ReadPrices = {
  profile: 10_000,
  /** The post or the list, and whose it is. */
  located: 15_000,
  /** Of quotes and replies the post is paid for too. */
  crowd: {
    followers: 10_000,
    following: 10_000,
    likers: 10_000,
    reposters: 10_000,
    quoters: 15_000,
    repliers: 15_000,
    list: 10_000,
  },
  own: 10_000,
  relation: 10_000,
  held: { block: 1_000, mute: 1_000 },
};

const PUBLIC = { needs: 'nobody', moreAsAccount: false, most: null } as const;

/**
 * What our app may list. Who liked a post is told to accounts with a right of its own (`like.read`), and a hundred of them for all time:
 * it isn't asked for. Protected accounts show strangers neither follows nor posts.
 */
export const CROWDS: Partial<Record<CrowdKind, CrowdAbility>> = {
  followers: { ...PUBLIC, of: 'account', whole: true },
  following: { ...PUBLIC, of: 'account', whole: true },
  reposters: { ...PUBLIC, of: 'post', whole: false },
  quoters: { ...PUBLIC, of: 'post', whole: false },
  /** By search, which reaches back seven days: x-api/posts/search. */
  repliers: { ...PUBLIC, of: 'post', whole: false },
  list: { ...PUBLIC, of: 'list', whole: true },
};

/**
 * Per page of mutes and blocks: the most that `max_results` of the OpenAPI takes. Of people a hundred, which is the most
 * for posts and lists: a page is paid for by what is on it, and what it may cost is held before it came.
 */
export const HELD_PAGE = 1_000;
export const PAGE = 100;
/** Most `ids` of GET /2/users. */
export const RELATION_BATCH = 100;

/** Deadlines of a call in milliseconds, from asking to the answer's last byte. */
export const READ_TIMEOUT = 15 * SECOND;
export const WRITE_TIMEOUT = 20 * SECOND;

/** The longest window is a day (x-user-limit-24hour-reset); a later reset is not believed. */
export const LONGEST_WAIT = DAY;
/** How long to stay away when a 429 does not say. */
export const DEFAULT_WAIT = 900 * SECOND;

/** A token is renewed so long before it runs out, in milliseconds: a call in flight must not outlive it. */
export const LEEWAY = 30 * SECOND;
/** How long an access token lasts where the answer does not say: fundamentals/authentication/oauth-2-0. */
export const ACCESS_LIFE = 7_200;
/** X does not say how long a refresh token lasts; a month is well within what is seen. */
export const RENEW_WITHIN = 30 * DAY;
