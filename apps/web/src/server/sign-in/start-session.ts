import { newId } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { asUser } from '@secateur/core/tenants';
import type { SessionHow } from '@secateur/db';
import type { Agent } from './agent.ts';
import { cookiesAt, type SetCookie } from './cookies.ts';
import { isLive, LONGEST } from './lifetime.ts';
import { newSecret } from './secret.ts';
import { sessionKey } from './session-key.ts';

/** The browser that somebody signs in with, and what its cookies hold. */
export type Visitor = {
  agent: Agent;
  /** The session that the browser came with: it is over once another begins. */
  sessionToken: string | null;
  half: string | null;
  asker: string | null;
  device: string | null;
};

/** What signing in needs: the database, the domain's clock for the trail, and where people reach this app. */
export type SignInContext = Context & { authUrl: string };

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
  ctx: SignInContext,
  { userId, how, visitor, verified = false }: NewSession,
): Promise<Started> {
  const now = new Date();
  const expires = new Date(now.getTime() + LONGEST);
  const [id, token] = [newId(), newSecret()];
  await asUser(ctx, userId, async (tx) => {
    if (visitor.sessionToken) {
      await tx.session.deleteMany({ where: { sessionToken: sessionKey(visitor.sessionToken) } });
    }
    await tx.session.deleteMany({ where: { userId, NOT: isLive(now) } });
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
    return { result: null, deeds: [{ action: 'session.started', subjectId: id }] };
  });
  const { session: name, options } = cookiesAt(ctx.authUrl);
  return { id, token, expires, cookies: [{ name, value: token, options: { ...options, expires } }] };
}
