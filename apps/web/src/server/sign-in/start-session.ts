import { newId } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { asUser, type OwnDeed } from '@secateur/core/tenants';
import type { SessionHow } from '@secateur/db';
import type { Notify } from '../notices/notify.ts';
import type { Agent } from './agent.ts';
import { meet, REMEMBERED } from './devices.ts';
import { isLive, LONGEST } from './lifetime.ts';
import { cookiesAt, type SetCookie } from './own-cookies.ts';
import { newSecret } from './secret.ts';
import { keyOf } from './session-key.ts';
import { endSessionOf } from './sessions.ts';

/** The browser that somebody signs in with, and what its cookies hold. */
export type Visitor = {
  agent: Agent;
  /** The session that the browser came with: it is over once another begins. */
  sessionToken: string | null;
  half: string | null;
  asker: string | null;
  device: string | null;
};

/** What signing in needs: the database, the domain's clock for the trail, where people reach this app, and the mails. */
export type SignInContext = Context & { origin: string; notify: Notify };

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
  const [id, token, device] = [newId(), newSecret(), visitor.device ?? newSecret()];
  // Whoever's it was, their trail says so.
  if (visitor.sessionToken) await endSessionOf(ctx, visitor.sessionToken);
  const isNew = await asUser(ctx, userId, async (tx) => {
    await tx.session.deleteMany({ where: { userId, NOT: isLive(now) } });
    await tx.session.create({
      data: {
        ...visitor.agent,
        id,
        userId,
        how,
        expires,
        sessionToken: keyOf(token),
        createdAt: now,
        lastSeenAt: now,
        provenAt: now,
        verifiedAt: verified ? now : null,
      },
    });
    const unknown = await meet(tx, userId, device, now);
    const deeds: OwnDeed[] = [{ action: 'session.started', subjectId: id }];
    if (unknown) deeds.push({ action: 'device.new', subjectId: id });
    return { result: unknown, deeds };
  });
  if (isNew) await ctx.notify(userId, { about: 'newDevice', ...visitor.agent });
  const { session, device: deviceName, options } = cookiesAt(ctx.origin);
  return {
    id,
    token,
    expires,
    cookies: [
      { name: session, value: token, options: { ...options, expires } },
      { name: deviceName, value: device, options: { ...options, expires: new Date(now.getTime() + REMEMBERED) } },
    ],
  };
}
