import { HOUR, SECOND } from './clock.ts';

/**
 * Milliseconds to wait before try number `tries` + 1: doubles from two seconds and stops growing at an hour.
 * `spread` in [0, 1) lengthens it by up to a quarter, so that those who failed together don't come back together.
 */
export function backoff(tries: number, spread: number): number {
  const base = Math.min(HOUR, 2 * SECOND * 2 ** Math.min(tries, 20));
  return Math.round(base * (1 + spread / 4));
}
