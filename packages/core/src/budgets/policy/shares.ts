import type { Allowance } from './window.ts';

/** A quarter of every account's own budget stays the user's (guarantees.md, "How a budget is divided"). */
const OURS = 0.75;

/** What Secateur may spend of a network's windows for one account. */
export function ourShare(windows: Allowance[]): Allowance[] {
  return windows.map((w) => ({ seconds: w.seconds, points: Math.floor(w.points * OURS) }));
}

/** The share of a host's requests that only the critical lane may use. */
const CRITICAL_SHARE = 0.2;

/** Seconds of one stretch of a host's ledger. */
export const HOST_STRETCH = 10;

/** What everybody but the critical lane may use of a host's requests in one window. */
export function ordinaryShare(points: number): number {
  return Math.floor(points * (1 - CRITICAL_SHARE));
}

/** How many writes of each kind fit, and how many points they cost. */
export type Division = { lifts: number; applies: number; points: number };

/**
 * Divides points between what is due. Lifts go first; while an escalated shield waits they take no more than half.
 * `cost` is points per write; 0 costs nothing and is limited by `most` alone.
 */
export function divide(
  points: number,
  due: { lifts: number; applies: number; escalated: boolean },
  cost: { lift: number; apply: number },
  most: number,
): Division {
  const forLifts = due.escalated && due.applies > 0 ? Math.floor(points / 2) : points;
  const lifts = Math.min(due.lifts, most, cost.lift === 0 ? most : Math.floor(forLifts / cost.lift));
  const left = points - lifts * cost.lift;
  const applies = Math.min(due.applies, most, cost.apply === 0 ? most : Math.floor(left / cost.apply));
  return { lifts, applies, points: lifts * cost.lift + applies * cost.apply };
}
