import { DAY } from '@secateur/base/clock';

/** Something of which there is more and more. Instants are milliseconds since 1970. */
export type Supply = {
  /** How many there were in all by then. */
  by(at: number): number;
  /** When there will have been `count`; infinity where that never is. */
  when(count: number): number;
};

/** Members of a crowd that is still being listed: `known` now, the `rest` in so many equal lots, the first at `first`. */
export function listed(lots: { known: number; rest: number; lots: number; first: number; every: number }): Supply {
  const { known, rest, first, every } = lots;
  const count = Math.max(1, lots.lots);
  const total = known + rest;
  return {
    by(at) {
      if (at < first) return known;
      const lot = Math.min(count, 1 + Math.floor((at - first) / every));
      return Math.min(total, known + Math.floor((rest * lot) / count));
    },
    when(wanted) {
      if (wanted <= known) return 0;
      if (wanted > total) return Number.POSITIVE_INFINITY;
      return first + (Math.ceil(((wanted - known) * count) / rest) - 1) * every;
    },
  };
}

/** All there are. */
export function allOf(count: number): Supply {
  return { by: () => count, when: (wanted) => (wanted <= count ? 0 : Number.POSITIVE_INFINITY) };
}

/** Tokens: those there are, and those that come in. */
export function tokens({ level, perDay, now }: { level: number; perDay: number; now: number }): Supply {
  return {
    by: (at) => Math.floor(level + ((at - now) / DAY) * perDay),
    when(count) {
      if (count <= level) return 0;
      return perDay > 0 ? now + Math.ceil(((count - level) / perDay) * DAY) : Number.POSITIVE_INFINITY;
    },
  };
}
