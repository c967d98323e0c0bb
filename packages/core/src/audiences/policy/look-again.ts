import { DAY, HOUR } from '@secateur/base/clock';
import type { CrowdKind, NetworkName } from '@secateur/networks/port';

/** When a crowd is looked at again: every so many milliseconds, and whether the newest stand first in its list. */
export type Rhythm = { every: number; newestFirst: boolean };

/** A list that has to be read to its end takes as many calls as it has pages, so it is read once a day. */
const WHOLE: Rhythm = { every: DAY, newestFirst: false };

/** Where the newest stand first, one call an hour is enough as long as fewer than a page come in between. */
const TOP: Rhythm = { every: HOUR, newestFirst: true };

/**
 * Orders of the lists, as their servers' source has them. bluesky-social/atproto packages/bsky/src/data-plane/server: routes/follows.ts,
 * likes.ts, reposts.ts, quotes.ts and lists.ts page by sortAt, and db/pagination.ts descends; who is asked for follows asks for the
 * latest (networks/src/bluesky/crowd.ts). mastodon/mastodon app/models/concerns/paginable.rb: `paginate_by_max_id` descends by
 * the id of the follow, the favourite or the reblog; GoToSocial's docs/api/swagger.yaml says the same of follows. The replies
 * below a post stand in the order of the conversation. Other servers of Mastodon's API may sort otherwise: WHOLE_EVERY is for them too.
 * What Mastodon shows to an account alone, quotes and lists, is the tenant's own as a file is, and not looked at again.
 */
const RHYTHMS: Record<NetworkName, Partial<Record<CrowdKind, Rhythm>> | null> = {
  bluesky: { followers: TOP, following: TOP, likers: TOP, reposters: TOP, quoters: TOP, list: TOP, repliers: WHOLE },
  mastodon: {
    followers: TOP,
    following: TOP,
    likers: TOP,
    reposters: TOP,
    repliers: WHOLE,
  },
  // Each page costs money there, and nobody said how much may be spent on looking.
  x: null,
};

/** How often this crowd is looked at again; null where it never is. */
export function rhythmOf(network: NetworkName, kind: 'account' | 'file' | 'shared' | CrowdKind): Rhythm | null {
  if (kind === 'account' || kind === 'file' || kind === 'shared') return null;
  return RHYTHMS[network]?.[kind] ?? null;
}

/**
 * Milliseconds after which even a list with the newest first is read to its end: the time by which Bluesky sorts is the
 * follower's own word when it is older than the network's (sortAt), so somebody can come in far below the top.
 */
export const WHOLE_EVERY = 7 * DAY;
