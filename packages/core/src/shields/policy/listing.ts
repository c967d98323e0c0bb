import { SECOND } from '@secateur/base/clock';
import type { NetworkName } from '@secateur/networks/port';
import { HOST_STRETCH, ordinaryShare } from '../../budgets/policy/index.ts';

/** So many members of crowds are listed in so many seconds, of a network's whole allowance for our address or app. */
export type ListingPace = { seconds: number; members: number };

/**
 * Pages in a window, of whom each shows so many. Mastodon: requests for a further page, for strangers (`throttle_unauthenticated_paging`
 * of rack_attack.rb). Bluesky: requests to a host. X: requests of the app. The adapters have the same numbers with their sources.
 */
export const LISTING_PACES: Record<NetworkName, ListingPace> = {
  bluesky: { seconds: 300, members: ordinaryShare(3_000) * 100 },
  mastodon: { seconds: 900, members: ordinaryShare(300) * 80 },
  x: { seconds: 900, members: ordinaryShare(300) * 100 },
};

/** A crowd that is being listed: so many so far, of so many in the end, and since when nobody may ask on until when. */
export type BeingListed = { size: number; expected: number | null; goesOnAt: Date | null };

/** How listing goes on: what is left comes in so many equal lots, the first at `first`, the others `every` ms later. */
export type Listing = { rest: number; lots: number; first: number; every: number; until: number };

/**
 * How the listing of crowds that share one allowance goes on: a window's worth, then the next when that has passed. Null where
 * a server does not say how many there are.
 */
export function listingOf(network: NetworkName, crowds: BeingListed[], now: Date): Listing | null {
  const pace = LISTING_PACES[network];
  const every = (pace.seconds + HOST_STRETCH) * SECOND;
  if (crowds.some(({ expected }) => expected === null)) return null;
  const rest = crowds.reduce((sum, { size, expected }) => sum + Math.max(0, (expected ?? 0) - size), 0);
  const waits = crowds.flatMap(({ goesOnAt }) => (goesOnAt && goesOnAt > now ? goesOnAt.getTime() : []));
  const listed = crowds.reduce((sum, { size }) => sum + size, 0);
  // What of this window is not used yet comes at once.
  const atOnce = waits.length > 0 ? 0 : Math.min(rest, pace.members - (listed % pace.members));
  const first = waits.length > 0 ? Math.min(...waits) : now.getTime() + every;
  const later = Math.ceil((rest - atOnce) / pace.members);
  const lots = later + (atOnce > 0 ? 1 : 0);
  const begins = atOnce > 0 ? now.getTime() : first;
  return {
    rest,
    lots,
    first: begins,
    every,
    until: rest === 0 ? now.getTime() : begins + Math.max(0, lots - 1) * every,
  };
}
