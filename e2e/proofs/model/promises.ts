import { Broke } from '../shared/broke.ts';

/** The invariants of the design that this proof looks after, by number, as a failing run names them. */
export const PROMISES = {
  intent: '1: no write reaches a network before a committed effect row holds its key',
  ours: '2: only what we did is undone, and what the user lifted by hand is not made again',
  cover: '3: the last cover wins; re-reading never changes an expiry',
  spared: '4: your own people are spared at the moment of writing',
  silence: '5: nothing becomes permanent in silence',
  rows: '6: rows are the truth, jobs are wake-ups',
  confirmed: '7: never protected before confirmed',
  tokens: '8: tokens are held, charged when done, given back otherwise; lifts cost none',
  tenants: '9: one tenant never sees another',
  secrets: '10: secrets stay sealed',
  audit: '11: everything anybody does leaves an audit row',
  payloads: '12: payloads hold ids only',
  expected: 'no job and no verb fails for a reason that nobody expected',
  doubles: 'there is never a second record of ours for one person',
} as const;
export type Promised = keyof typeof PROMISES;

/** Says what was found where `holds` is false. */
export function hold(holds: boolean, promise: Promised, found: () => string): void {
  if (!holds) throw new Broke(promise, found());
}
