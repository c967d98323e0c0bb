import { z } from 'zod';

/** Inputs and views of spending. Safe for the browser. */

/** The most that can be allowed for a month, in cents: ten thousand dollars. */
export const MOST_CENTS = 1_000_000;

export const capInput = z.object({ cents: z.int().min(0).max(MOST_CENTS) });

/** Micro-dollars of this month, in UTC. */
export type SpendingView = {
  cap: number;
  spent: number;
  month: Date;
  /** When the next one begins. */
  until: Date;
};
