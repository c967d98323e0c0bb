import { Broke } from '../shared/broke.ts';

/** What this proof looks after, as a failing run names it. */
export const PROMISES = {
  spared: 'by facts under 15 minutes old nobody is hit whom every shield spares',
  hand: 'nothing that was made by hand is lifted or written over',
  doubles: 'nobody is blocked or muted twice',
  again: 'what the user lifted by hand is not made again by the same shield',
  meant: 'nobody is hit whom no shield means, and everybody else is hit',
  left: 'when every shield is over nothing of ours is left',
  expected: 'no job and no verb fails for a reason that nobody expected',
} as const;
export type Promised = keyof typeof PROMISES;

/** Says what was found where `holds` is false. */
export function hold(holds: boolean, promise: Promised, found: () => string): void {
  if (!holds) throw new Broke(promise, found());
}
