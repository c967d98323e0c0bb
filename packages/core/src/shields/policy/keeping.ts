import { HOUR } from '@secateur/base/clock';

/** How often a shield looks whether somebody joined its crowds, in milliseconds; how old a crowd may be by then says its own rhythm. */
export const KEEP_EVERY = HOUR;

/** What decides whether a shield keeps up now. */
export type Keeper = {
  state: string;
  holdSeconds: number | null;
  endsAt: Date | null;
  pausedAt: Date | null;
  cancelledAt: Date | null;
  undoneAt: Date | null;
  /** Since when an order to undo everything lets it go, little by little. */
  liftFrom: Date | null;
  /** When the first of its targets was confirmed; null while none is. */
  firstDoneAt: Date | null;
};

/**
 * Until when a shield keeps up: the time at which its first targets are lifted. Who came in by then is held for the whole
 * time from their own confirmation, as everybody is; were it to go on, a shield that crowds keep coming to would never end.
 * Null where it has no end, or none is known yet.
 */
export function keepsUntil(shield: Pick<Keeper, 'holdSeconds' | 'endsAt' | 'firstDoneAt'>): Date | null {
  if (shield.endsAt) return shield.endsAt;
  if (shield.holdSeconds === null || shield.firstDoneAt === null) return null;
  return new Date(shield.firstDoneAt.getTime() + shield.holdSeconds * 1_000);
}

/** Whether a shield keeps up now, may do so later (it isn't planned yet, stands still, is extended, or an order to undo it is called off), or never again. */
export function keepsUp(shield: Keeper, now: Date): 'now' | 'later' | 'over' {
  const { state, undoneAt, cancelledAt, pausedAt, liftFrom } = shield;
  if (undoneAt || cancelledAt || state === 'lifting' || state === 'ended' || state === 'discarded') return 'over';
  if (pausedAt || liftFrom || (state !== 'acting' && state !== 'holding')) return 'later';
  const until = keepsUntil(shield);
  return until && until <= now ? 'later' : 'now';
}
