import { DAY } from '@secateur/base';
import type { Prisma } from '@secateur/db';

/** Milliseconds after which a session ends, used or not. */
export const LONGEST = 30 * DAY;
/** Milliseconds after which a session ends that nobody used. */
const IDLE = 7 * DAY;

/** What a session satisfies that still counts at `now`, in real time. */
export function isLive(now: Date): Prisma.SessionWhereInput {
  return { expires: { gt: now }, lastSeenAt: { gt: new Date(now.getTime() - IDLE) } };
}
