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

/** A crowd that is being listed: since when, so many so far, of so many in the end, and until when nobody may ask on. */
export type BeingListed = { startedAt: Date; size: number; expected: number | null; goesOnAt: Date | null };

/**
 * How listing goes on, in instants of milliseconds since 1970: of the `rest` so many come `first`, when what is left of the window
 * may be asked for, then each window's worth by itself.
 */
export type Listing = {
  rest: number;
  first: { at: number; count: number };
  windows: { at: number; every: number; count: number };
};

/**
 * How the listing of crowds that share one allowance goes on: as far as the window reaches in which they are, then window by
 * window, as they did since they were begun. Null where a server does not say how many there are.
 */
export function listingOf(network: NetworkName, crowds: BeingListed[], now: Date): Listing | null {
  const { seconds, members } = LISTING_PACES[network];
  const every = (seconds + HOST_STRETCH) * SECOND;
  if (crowds.some(({ expected }) => expected === null)) return null;
  const rest = crowds.reduce((sum, { size, expected }) => sum + Math.max(0, (expected ?? 0) - size), 0);
  const listed = crowds.reduce((sum, { size }) => sum + size, 0);
  const began = Math.min(now.getTime(), ...crowds.map(({ startedAt }) => startedAt.getTime()));
  const at = Math.max(now.getTime(), ...crowds.flatMap(({ goesOnAt }) => goesOnAt?.getTime() ?? []));
  const first = { at, count: Math.min(rest, members - (listed % members)) };
  const next = began + (Math.floor(listed / members) + 1) * every;
  return { rest, first, windows: { at: Math.max(at, next), every, count: members } };
}

/** When so many of the rest are listed. */
export function listedWhen({ first, windows }: Listing, count: number): number {
  if (count <= first.count) return first.at;
  return windows.at + (Math.ceil((count - first.count) / windows.count) - 1) * windows.every;
}

/** How many of the rest are listed by then. */
export function listedBy({ rest, first, windows }: Listing, at: number): number {
  const lots = at < windows.at ? 0 : 1 + Math.floor((at - windows.at) / windows.every);
  return Math.min(rest, (at < first.at ? 0 : first.count) + lots * windows.count);
}
