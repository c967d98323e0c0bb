import { Refusal } from '@secateur/base';
import type { Moment } from './watch.ts';

/** What the user or others do on a network, past us. */
export const BY_HAND = [
  'block',
  /** Another record beside one that is there, where a network has records; a block elsewhere. */
  'beside',
  'unblock',
  'mute',
  'unmute',
  'follow',
  'unfollow',
  'followed',
  'unfollowed',
] as const;

/** Plays one step. What a member may not do now is refused, and that is all right. */
export async function unlessRefused(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** What is to happen at this moment, taken out of what waits; null where nothing is, or not yet. */
export function dueAt<T extends { moment: Moment; after: number }>(waiting: T[], moment: Moment): T | null {
  const at = waiting.findIndex((one) => one.moment === moment);
  const found = waiting[at];
  if (!found) return null;
  if (found.after > 0) {
    waiting[at] = { ...found, after: found.after - 1 };
    return null;
  }
  waiting.splice(at, 1);
  return found;
}
