import { Refusal } from '@secateur/base';
import type { HalfSignIn, PrismaClient } from '@secateur/db';
import { cookiesAt, noCookie, type SetCookie } from './own-cookies.ts';
import { hashOf } from './secret.ts';

type HalfContext = { prisma: PrismaClient; origin: string; visitor: { half: string | null } };

/** How the one who is half way in got there; null when nobody is, or no longer. */
export async function halfOf({ prisma, visitor }: HalfContext): Promise<HalfSignIn | null> {
  if (visitor.half === null) return null;
  return prisma.halfSignIn.findFirst({ where: { tokenHash: hashOf(visitor.half), expires: { gt: new Date() } } });
}

/** Takes the first half away, for the second is there. Throws the Refusal `passkey_refused` when somebody was quicker. */
export async function finishHalf({ prisma, origin }: HalfContext, { tokenHash }: HalfSignIn): Promise<SetCookie[]> {
  const { count } = await prisma.halfSignIn.deleteMany({ where: { tokenHash } });
  if (count === 0) throw new Refusal('passkey_refused');
  const { half, options } = cookiesAt(origin);
  return [noCookie(half, options)];
}
