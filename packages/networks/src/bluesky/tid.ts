import { randomInt } from 'node:crypto';
import { isValidTid } from '@atproto/syntax';

/** Characters of a TID in sorting order: atproto.com/specs/tid. */
const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
const CLOCK_IDS = 1_024;

/** Makes TIDs that ascend and never repeat within the process, whatever the machine's clock does. */
export type TidClock = {
  /** `count` fresh TIDs, ascending, each after `after`. */
  next(count: number, after: string | null): string[];
};

/**
 * TIDs from real time in microseconds. Two processes differ by their clock id, of which there are 1,024. They run
 * ahead of the clock only while more than a million are asked for in a second, or `after` does.
 */
export function tidClock(now: () => number = Date.now, clockId: number = randomInt(CLOCK_IDS)): TidClock {
  let last = 0;
  return {
    next: (count, after) => {
      if (after !== null) last = Math.max(last, microsOf(after));
      return Array.from({ length: count }, () => {
        last = Math.max(last + 1, Math.floor(now() * 1_000));
        return format(last, clockId);
      });
    },
  };
}

/** The first TID of an instant: sorts after every TID of the microseconds before it. */
export function tidAt(at: Date): string {
  return format(Math.max(0, at.getTime() * 1_000), 0);
}

/** The TID right after `tid`, for turning an included bound into an excluded one. */
export function tidAfter(tid: string): string {
  const clockId = numberOf(tid.slice(11)) + 1;
  return clockId < CLOCK_IDS ? format(microsOf(tid), clockId) : format(microsOf(tid) + 1, 0);
}

/** When a TID was made, as whoever made it said; null for what is none. */
export function madeAt(key: string): Date | null {
  return isValidTid(key) ? new Date(microsOf(key) / 1_000) : null;
}

function microsOf(tid: string): number {
  if (!isValidTid(tid)) throw new RangeError(`not a TID: ${tid}`);
  return numberOf(tid.slice(0, 11));
}

function numberOf(digits: string): number {
  let value = 0;
  for (const digit of digits) value = value * 32 + ALPHABET.indexOf(digit);
  return value;
}

/** 53 bits of microseconds in 11 characters, 10 bits of clock id in 2. */
function format(micros: number, clockId: number): string {
  return digits(micros, 11) + digits(clockId, 2);
}

function digits(value: number, width: number): string {
  let text = '';
  for (let rest = value, i = 0; i < width; i++, rest = Math.floor(rest / 32)) text = ALPHABET.charAt(rest % 32) + text;
  return text;
}
