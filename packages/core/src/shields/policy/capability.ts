import { ourShare } from '../../budgets/policy/index.ts';

/** What a network allows one account to do with an action, as the preview and the pages tell it. */
export type Capability = {
  public: boolean;
  /** Points of one effect, and the windows of our share of the budget. */
  points: number;
  windows: { seconds: number; points: number }[];
  paces: { seconds: number; effects: number }[];
  perHour: number;
  perDay: number;
  /** Effects a day that the member could still make by hand. */
  leftForUserPerDay: number;
};

/** Points of one create, and points per hour and day: docs.bsky.app, rate limits; bluesky-social/atproto packages/pds/src/rate-limits.ts. */
const BLUESKY = {
  points: 3,
  windows: [
    { seconds: 3_600, points: 5_000 },
    { seconds: 86_400, points: 35_000 },
  ],
};

/** Mutes on Bluesky cost no points: only requests of our address count, of which one account gets about one a second. */
const BLUESKY_MUTES_PER_HOUR = 3_600;

/** What may be promised for an action on a network. */
export function capabilityOf(_network: 'bluesky', action: 'block' | 'mute'): Capability {
  if (action === 'mute') {
    return {
      public: false,
      points: 0,
      windows: [],
      paces: [{ seconds: 3_600, effects: BLUESKY_MUTES_PER_HOUR }],
      perHour: BLUESKY_MUTES_PER_HOUR,
      perDay: BLUESKY_MUTES_PER_HOUR * 24,
      leftForUserPerDay: 0,
    };
  }
  const windows = ourShare(BLUESKY.windows);
  const paces = windows.map((w) => ({ seconds: w.seconds, effects: Math.floor(w.points / BLUESKY.points) }));
  const [hour, day] = paces;
  const all = Math.floor((BLUESKY.windows[1]?.points ?? 0) / BLUESKY.points);
  return {
    public: true,
    points: BLUESKY.points,
    windows,
    paces,
    perHour: hour?.effects ?? 0,
    perDay: day?.effects ?? 0,
    leftForUserPerDay: all - (day?.effects ?? 0),
  };
}
