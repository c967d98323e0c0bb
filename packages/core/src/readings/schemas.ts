import { z } from 'zod';

/** What an account holds, for its page. Safe for the browser. */

export const standingInput = z.object({ id: z.uuid() });

/** One action on one account, as last read and as far as we know. */
export type StandingView = {
  action: 'block' | 'mute';
  /** When the last complete reading began; null before the first. */
  readAt: Date | null;
  /** Why the list can't be read now. */
  problem: string | null;
  /** Made by Secateur and there, as far as is known. */
  ours: number;
  /** Made by Secateur, and let go by hand on the network: not made again. */
  undone: number;
  /** Made by Secateur, due to go and there still. */
  overdue: number;
  /** Made by hand or by another tool, of people whom Secateur holds nothing on. */
  hand: number;
  /** Made by hand on top of ours: it stays when ours goes. */
  both: number;
};
