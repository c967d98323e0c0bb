import { MINUTE } from '@secateur/base';
import type { SessionHow } from '@secateur/db';
import { cookiesAt, type SetCookie } from './own-cookies.ts';
import { hashOf, newSecret } from './secret.ts';
import { type SignInContext, startSession, type Visitor } from './start-session.ts';

/** Milliseconds between the first proof and the second. */
const HALF_WAY = 10 * MINUTE;

/** Where a passkey is asked for after another way in; `back` is where to go after that. */
export function secondStep(back: string): string {
  return `/sign-in/second?${new URLSearchParams({ back })}`;
}

/** What to set and where to lead. */
export type Admitted = { cookies: SetCookie[]; to: string };

type Proven = { userId: string; how: SessionHow; visitor: Visitor; back: string };

/**
 * Lets somebody in who has proven a mailbox or an account elsewhere. Who has a passkey gets no session for that: only a
 * cookie with which, for some minutes, the passkey or a recovery code opens one. `back` is a path of ours.
 */
export async function admit(ctx: SignInContext, { userId, how, visitor, back }: Proven): Promise<Admitted> {
  const half = await halfWay(ctx, userId, how);
  if (half) return { cookies: [half], to: secondStep(back) };
  const { cookies } = await startSession(ctx, { userId, how, visitor });
  return { cookies, to: back };
}

/** The cookie of somebody who is half way in; null when they have no passkey to show. */
export async function halfWay(
  { prisma, origin }: SignInContext,
  userId: string,
  how: SessionHow,
): Promise<SetCookie | null> {
  if ((await prisma.passkey.count({ where: { userId } })) === 0) return null;
  const token = newSecret();
  const now = new Date();
  const expires = new Date(now.getTime() + HALF_WAY);
  await prisma.halfSignIn.deleteMany({ where: { expires: { lt: now } } });
  await prisma.halfSignIn.create({ data: { tokenHash: hashOf(token), userId, how, expires } });
  const { half: name, options } = cookiesAt(origin);
  return { name, value: token, options: { ...options, expires } };
}
