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
  /** It is being read. */
  reading: boolean;
  /** Whether it can be read now because a member asks. */
  readable: boolean;
  /** Made by Secateur and there, as far as is known. */
  ours: number;
  /** Made by Secateur, and gone at a later look without its doing: not made again by itself. */
  undone: number;
  /** Of those, how many could be made again, for shields that would hold them still. */
  again: number;
  /** Made by Secateur, there still and to be gone: its time is up, it could not be lifted, or no shield covers it. */
  overdue: number;
  /** Made by hand or by another tool, of people whom Secateur holds nothing on. */
  hand: number;
  /** Made by hand on top of ours: it stays when ours goes. */
  both: number;
};
