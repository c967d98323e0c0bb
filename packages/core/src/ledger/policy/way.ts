import { type LedgerFilter, SPARED_FOR } from '../schemas.ts';

/** From where targets are taken before the filter looks at them. */
export type Way = 'all' | 'spared' | 'one_by_one' | 'pending' | 'applied' | 'odd';

/** What is known of how many there are. */
export type Crowd = { allPending: number; allDone: number; allOdd: number; undone: boolean };

/**
 * Most effects that are taken from an account and sorted. Beyond it they are so many that a walk meets a page of them
 * soon: a page of 50 costs the most where the two cost the same, at some 7,000 of a million.
 */
const FEW = 7_000;

/** The shortest way to what a filter asks for. */
export function wayTo({ standing, reason }: Pick<LedgerFilter, 'standing' | 'reason'>, crowd: Crowd): Way {
  if (standing === 'spared' || SPARED_FOR.some((one) => one === reason)) return 'spared';
  if (reason === 'undone_one' || reason === 'lifted_by_you') return 'one_by_one';
  if (reason) return 'all';
  if (standing === 'undone') return crowd.undone ? 'all' : 'one_by_one';
  if (standing === 'planned') return crowd.allPending <= FEW ? 'pending' : 'all';
  if (standing === 'done' || standing === 'by_shield') return crowd.allDone <= FEW ? 'applied' : 'all';
  if (standing === 'already' || standing === 'failed') return crowd.allOdd <= FEW ? 'odd' : 'all';
  return 'all';
}

/** Whether a way goes along an index in the page's order, and can end early. */
export function isWalk(way: Way): boolean {
  return way === 'all' || way === 'spared' || way === 'one_by_one';
}
