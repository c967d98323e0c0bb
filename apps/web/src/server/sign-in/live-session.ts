import { MINUTE } from '@secateur/base';
import type { Prisma, PrismaClient } from '@secateur/db';
import { isLive } from './lifetime.ts';
import { keyOf } from './session-key.ts';

/** Milliseconds before it is written again that a session was seen. */
const SEEN_EVERY = 5 * MINUTE;

/** A session that counts, with whose it is. */
export type LiveSession = Prisma.SessionGetPayload<{ include: { user: true } }>;

/**
 * The session of this token with its user, or null: it was never there, was ended, ran out, or nobody used it for too
 * long. Whoever asks is seen. `now` is real time.
 */
export async function liveSession(prisma: PrismaClient, token: string, now = new Date()): Promise<LiveSession | null> {
  const sessionToken = keyOf(token);
  const found = await prisma.session.findFirst({ where: { sessionToken, ...isLive(now) }, include: { user: true } });
  const staleSince = new Date(now.getTime() - SEEN_EVERY);
  if (found && found.lastSeenAt < staleSince) {
    await prisma.session.updateMany({
      where: { sessionToken, lastSeenAt: { lt: staleSince } },
      data: { lastSeenAt: now },
    });
  }
  return found;
}
