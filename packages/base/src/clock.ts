/**
 * Time as a parameter. Domain code asks its context's clock, so that a test lives through six weeks in a second.
 * Leases, heartbeats and locks use real time and never come here.
 */
export type Clock = { now(): Date };

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that runs with the machine's but `offset()` milliseconds away from it (the sandbox moves this one). */
export function shiftedClock(offset: () => number): Clock {
  return { now: () => new Date(Date.now() + offset()) };
}

/** A clock that stands still until it is told to move. For tests. */
export function heldClock(start: Date): Clock & { advance(ms: number): void; set(at: Date): void } {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms;
    },
    set: (to) => {
      at = to.getTime();
    },
  };
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
