import { DAY, newId } from '@secateur/base';
import type { PrismaClient, SessionHow } from '@secateur/db';
import type { Agent } from './agent.ts';
import { cookiesAt, type SetCookie } from './cookies.ts';
import { newSecret } from './secret.ts';
import { sessionKey } from './session-key.ts';

/** Milliseconds after which a session ends, used or not; and after which one ends that nobody used. */
export const LONGEST = 30 * DAY;
export const IDLE = 7 * DAY;

/** The browser that somebody signs in with. */
export type Visitor = {
  agent: Agent;
  /** The session that the browser came with: it is over once another begins. */
  sessionToken: string | null;
};

export type NewSession = {
  userId: string;
  how: SessionHow;
  visitor: Visitor;
  /** Whether a passkey was shown just now. */
  verified?: boolean;
};
export type Started = { id: string; token: string; expires: Date; cookies: SetCookie[] };

/**
 * Begins a session and ends the one that the browser had. The token is new each time, so that one which somebody planted
 * is worth nothing. Who calls this sets the cookies. Times are real ones.
 */
export async function startSession(
  { prisma, authUrl }: { prisma: PrismaClient; authUrl: string },
  { userId, how, visitor, verified = false }: NewSession,
): Promise<Started> {
  const now = new Date();
  const expires = new Date(now.getTime() + LONGEST);
  const [id, token] = [newId(), newSecret()];
  await prisma.$transaction(async (tx) => {
    if (visitor.sessionToken) {
      await tx.session.deleteMany({ where: { sessionToken: sessionKey(visitor.sessionToken) } });
    }
    await tx.session.create({
      data: {
        ...visitor.agent,
        id,
        userId,
        how,
        expires,
        sessionToken: sessionKey(token),
        createdAt: now,
        lastSeenAt: now,
        provenAt: now,
        verifiedAt: verified ? now : null,
      },
    });
  });
  const { session: name, options } = cookiesAt(authUrl);
  return { id, token, expires, cookies: [{ name, value: token, options: { ...options, expires } }] };
}
