import { DAY, SECOND } from '@secateur/base/clock';

/** Most seconds by which one press holds a shield longer. */
export const LONGEST_RENEWAL = (42 * DAY) / SECOND;

/** Seconds before the first lift from which on a renewal is offered: three days, of a short hold its last quarter. */
export const OFFERED_SECONDS = (3 * DAY) / SECOND;
export const OFFERED_PART = 4;

type Facts = {
  state: string;
  holdSeconds: number | null;
  endsAt: Date | null;
  undoneAt: Date | null;
  liftOrder: string | null;
  firstLiftAt: Date | null;
};

/** By how many seconds a shield would be held longer, where that is offered now; else null. */
export function renewalOf(
  { state, holdSeconds, endsAt, undoneAt, liftOrder, firstLiftAt }: Facts,
  now: Date,
): number | null {
  if (state !== 'acting' && state !== 'holding') return null;
  if (undoneAt || liftOrder || endsAt || holdSeconds === null || firstLiftAt === null) return null;
  const offered = Math.min(OFFERED_SECONDS, holdSeconds / OFFERED_PART) * SECOND;
  return firstLiftAt.getTime() - now.getTime() <= offered ? Math.min(holdSeconds, LONGEST_RENEWAL) : null;
}
