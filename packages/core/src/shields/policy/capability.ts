import type { NetworkName } from '@secateur/networks/port';
import { ourShare } from '../../budgets/policy/index.ts';

/** What a network allows one account to do with an action, as the preview and the pages tell it. */
export type Capability = {
  /** Whether strangers can see it. */
  public: boolean;
  /** Whether it also ends follows both ways, for good. */
  endsFollows: boolean;
  /** Points of one effect, and the windows of our share of the budget. */
  points: number;
  windows: { seconds: number; points: number }[];
  paces: { seconds: number; effects: number }[];
  perHour: number;
  perDay: number;
  /** Effects a day that the member could still make by hand. */
  leftForUserPerDay: number;
};

type Action = 'block' | 'mute';
/** Points of one effect, and the account's own budget; none where only the requests of our address count. */
type Budget = { public: boolean; endsFollows: boolean; points: number; windows: { seconds: number; points: number }[] };

const HOUR = 3_600;
const DAY = 86_400;

/** Points of one create, and points per hour and day: docs.bsky.app, rate limits; bluesky-social/atproto packages/pds/src/rate-limits.ts. */
const BLUESKY_WRITES = [
  { seconds: HOUR, points: 5_000 },
  { seconds: DAY, points: 35_000 },
];
/** Requests with one token; each effect takes two: packages/networks/src/mastodon/limits.ts. */
const MASTODON_REQUESTS = [{ seconds: 300, points: 300 }];
/** Blocking or muting, each by itself: docs.x.com, rate limits. */
const X_WRITES = [{ seconds: 900, points: 50 }];

const BUDGETS: Record<NetworkName, Record<Action, Budget>> = {
  bluesky: {
    block: { public: true, endsFollows: false, points: 3, windows: BLUESKY_WRITES },
    mute: { public: false, endsFollows: false, points: 0, windows: [] },
  },
  mastodon: {
    block: { public: false, endsFollows: true, points: 2, windows: MASTODON_REQUESTS },
    mute: { public: false, endsFollows: false, points: 2, windows: MASTODON_REQUESTS },
  },
  x: {
    block: { public: false, endsFollows: true, points: 1, windows: X_WRITES },
    mute: { public: false, endsFollows: false, points: 1, windows: X_WRITES },
  },
};

/** Where no budget of the account's counts, only requests of our address do, of which one account gets about one a second. */
const UNCOUNTED_PER_HOUR = 3_600;

/** What may be promised for an action on a network. */
export function capabilityOf(network: NetworkName, action: Action): Capability {
  const { windows: whole, points, ...told } = BUDGETS[network][action];
  if (whole.length === 0) {
    const perHour = UNCOUNTED_PER_HOUR;
    const paces = [{ seconds: HOUR, effects: perHour }];
    return { ...told, points: 0, windows: [], paces, perHour, perDay: perHour * 24, leftForUserPerDay: 0 };
  }
  const windows = ourShare(whole);
  const paces = windows.map((w) => ({ seconds: w.seconds, effects: Math.floor(w.points / points) }));
  const perDay = most(paces, DAY);
  const all = most(
    whole.map((w) => ({ seconds: w.seconds, effects: Math.floor(w.points / points) })),
    DAY,
  );
  return { ...told, points, windows, paces, perHour: most(paces, HOUR), perDay, leftForUserPerDay: all - perDay };
}

/** Most effects in so many seconds, by every pace; a longer window than that says nothing less. */
function most(paces: Capability['paces'], seconds: number): number {
  return Math.min(...paces.map((pace) => Math.max(1, Math.floor(seconds / pace.seconds)) * pace.effects));
}
