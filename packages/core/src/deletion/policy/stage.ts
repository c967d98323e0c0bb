import { MINUTE } from '@secateur/base';
import { timetable } from './timetable.ts';

/**
 * Milliseconds between the destruction of the keys, after which nobody acts in the tenant, and the deletion of its rows:
 * a transaction that had begun before is over by then (see db/tenancy.ts).
 */
const SETTLE = MINUTE;

export type Facts = {
  askedAt: Date;
  warnedAt: Date | null;
  shreddedAt: Date | null;
  erasedAt: Date | null;
  /** Accounts that are not gone yet. */
  accounts: number;
};

export type Stage =
  | { stage: 'waits'; until: Date }
  /** Accounts are being let go. `warn`: what remains is to be told; `keep`: it is kept; `abandon`: nobody looks again. */
  | { stage: 'leaves'; warn: boolean; keep: boolean; abandon: boolean }
  | { stage: 'shreds' }
  | { stage: 'settles'; until: Date }
  | { stage: 'erases' }
  | { stage: 'over' };

/** What is to be done with a deletion at this moment. */
export function stageOf({ askedAt, warnedAt, shreddedAt, erasedAt, accounts }: Facts, now: Date): Stage {
  if (erasedAt) return { stage: 'over' };
  if (shreddedAt) {
    const until = new Date(shreddedAt.getTime() + SETTLE);
    return now < until ? { stage: 'settles', until } : { stage: 'erases' };
  }
  const { leaveAt, warnAt, keepAt, abandonAt } = timetable(askedAt, warnedAt);
  if (now < leaveAt) return { stage: 'waits', until: leaveAt };
  if (accounts === 0) return { stage: 'shreds' };
  return {
    stage: 'leaves',
    warn: warnedAt === null && now >= warnAt,
    keep: now >= abandonAt || (warnedAt !== null && now >= keepAt),
    abandon: now >= abandonAt,
  };
}
