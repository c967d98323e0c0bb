import { DAY } from '@secateur/base/clock';
import { type Listing, listedBy, listedWhen } from './listing.ts';

/** Something of which there is more and more. Instants are milliseconds since 1970. */
export type Supply = {
  /** How many there were in all by then. */
  by(at: number): number;
  /** When there will have been `count`; infinity where that never is. */
  when(count: number): number;
};

/** Effects of which `known` can be made now, and the `rest` as the crowd is listed. */
export function asListed(known: number, rest: number, listing: Listing): Supply {
  const part = listing.rest === 0 ? 0 : rest / listing.rest;
  return {
    by(at) {
      const listed = listedBy(listing, at);
      return known + (listed >= listing.rest ? rest : Math.floor(listed * part));
    },
    when(wanted) {
      if (wanted <= known) return 0;
      if (wanted > known + rest) return Number.POSITIVE_INFINITY;
      return listedWhen(listing, Math.min(listing.rest, Math.ceil((wanted - known) / part)));
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
