import type { Action, NetworkName } from '@secateur/networks/port';
import { accountStretch, ourShare } from '../../budgets/policy/index.ts';

/** What a network allows one account to do with an action, as the preview and the pages tell it. */
export type Capability = {
  public: boolean;
  /** Whether it also ends follows both ways, which lifting it does not bring back. */
  endsFollows: boolean;
  /** Points of one effect and of lifting it, and the windows of our share of the budget. */
  points: number;
  liftPoints: number;
  windows: { seconds: number; points: number }[];
  paces: { seconds: number; effects: number }[];
  /** Effects, kept up for long. */
  perHour: number;
  perDay: number;
  /** Effects a day that the member could still make by hand; null where nothing of the account's is spent. */
  leftForUserPerDay: number | null;
  /** Micro-dollars of one effect from beginning to end: asked about, made and lifted; and of each member still to be listed. */
  price: { each: number; listed: number };
};

type Budget = {
  /** Points of one effect and of lifting it, 0 where only our address counts. */
  points: number;
  liftPoints: number;
  /** The account's own windows, in points; where there are none, a pace in effects is all that is known. */
  windows: { seconds: number; points: number }[];
  public: boolean;
  endsFollows: boolean;
};

/** Points of one create and one delete, and points per hour and day: docs.bsky.app, rate limits; bluesky-social/atproto packages/pds/src/rate-limits.ts. */
const BLUESKY_BLOCK: Budget = {
  points: 3,
  liftPoints: 1,
  windows: [
    { seconds: 3_600, points: 5_000 },
    { seconds: 86_400, points: 35_000 },
  ],
  public: true,
  endsFollows: false,
};

/** Mutes on Bluesky cost no points: only requests of our address count, of which one account gets about one a second. */
const BLUESKY_MUTES_PER_HOUR = 3_600;

/**
 * Requests with one token in 5 minutes, two an effect (one finds the account on the user's server): mastodon/mastodon
 * config/initializers/rack_attack.rb. That a block ends follows both ways: app/services/block_service.rb.
 */
const MASTODON = { points: 2, liftPoints: 2, windows: [{ seconds: 300, points: 300 }], public: false };

/** Writes in 15 minutes: docs.x.com, rate limits of mutes; blocks are the same where an account's access has them at all. */
const X = { points: 1, liftPoints: 1, windows: [{ seconds: 900, points: 50 }], public: false };

/** docs.x.com, pricing: the adapter has them one by one (packages/networks/src/x/limits.ts). */
const X_PRICE: Record<Action, Capability['price']> = {
  block: { each: 35_000, listed: 10_000 },
  mute: { each: 30_000, listed: 10_000 },
};
const FREE: Capability['price'] = { each: 0, listed: 0 };

const BUDGETS: Record<NetworkName, Record<Action, Budget | null>> = {
  bluesky: { block: BLUESKY_BLOCK, mute: null },
  mastodon: { block: { ...MASTODON, endsFollows: true }, mute: { ...MASTODON, endsFollows: false } },
  x: { block: { ...X, endsFollows: true }, mute: { ...X, endsFollows: false } },
};

/** What may be promised for an action on a network. */
export function capabilityOf(network: NetworkName, action: Action): Capability {
  const budget = BUDGETS[network][action];
  const price = network === 'x' ? X_PRICE[action] : FREE;
  if (budget === null) {
    return {
      public: false,
      endsFollows: false,
      points: 0,
      liftPoints: 0,
      windows: [],
      paces: [{ seconds: 3_600, effects: BLUESKY_MUTES_PER_HOUR }],
      perHour: BLUESKY_MUTES_PER_HOUR,
      perDay: BLUESKY_MUTES_PER_HOUR * 24,
      leftForUserPerDay: null,
      price,
    };
  }
  const windows = ourShare(budget.windows);
  const paces = windows.map((w) => ({ seconds: w.seconds, effects: Math.floor(w.points / budget.points) }));
  // What is spent counts until its whole stretch has left the window: kept up for long, a window is that much longer.
  const stretch = accountStretch(windows);
  const within = (seconds: number) =>
    Math.floor(
      Math.min(...paces.map((p) => (p.seconds > seconds ? p.effects : (p.effects * seconds) / (p.seconds + stretch)))),
    );
  const inWindows = (seconds: number, of: { seconds: number; effects: number }[]) =>
    Math.min(...of.map((pace) => pace.effects * Math.max(1, Math.floor(seconds / pace.seconds))));
  const whole = budget.windows.map((w) => ({ seconds: w.seconds, effects: Math.floor(w.points / budget.points) }));
  return {
    public: budget.public,
    endsFollows: budget.endsFollows,
    points: budget.points,
    liftPoints: budget.liftPoints,
    windows,
    paces,
    perHour: within(3_600),
    perDay: within(86_400),
    leftForUserPerDay: inWindows(86_400, whole) - inWindows(86_400, paces),
    price,
  };
}
