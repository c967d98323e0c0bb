import { MINUTE } from '@secateur/base';
import type { ChallengePurpose, PrismaClient } from '@secateur/db';
import { cookiesAt, type SetCookie } from '../sign-in/own-cookies.ts';
import { hashOf, newSecret } from '../sign-in/secret.ts';

/** Milliseconds for which a challenge may be answered. */
const LIFE = 5 * MINUTE;

type Asked = { challenge: string; cookies: SetCookie[] };
type Question = { purpose: ChallengePurpose; userId: string | null };
type AskingContext = { prisma: PrismaClient; origin: string; visitor: { asker: string | null } };

/**
 * Something for an authenticator to sign, tied to this browser by a cookie, to what it is for, and to a user where one is
 * known. It is stored as a hash and can be answered once.
 */
export async function ask({ prisma, origin, visitor }: AskingContext, { purpose, userId }: Question): Promise<Asked> {
  const now = new Date();
  const expires = new Date(now.getTime() + LIFE);
  const [challenge, asker] = [newSecret(), visitor.asker ?? newSecret()];
  await prisma.challenge.deleteMany({ where: { expires: { lt: now } } });
  await prisma.challenge.create({
    data: { challengeHash: hashOf(challenge), browserHash: hashOf(asker), purpose, userId, expires },
  });
  const { asker: name, options } = cookiesAt(origin);
  return { challenge, cookies: [{ name, value: asker, options: { ...options, expires } }] };
}

/** Takes an answered challenge away. Null when it isn't one that this browser was asked for this, or no longer. */
export async function redeem(
  { prisma, visitor }: AskingContext,
  challenge: string,
  purpose: ChallengePurpose,
): Promise<{ userId: string | null } | null> {
  if (visitor.asker === null) return null;
  const [found] = await prisma.$queryRaw<{ userId: string | null }[]>`
    DELETE FROM challenges
    WHERE challenge_hash = ${hashOf(challenge)} AND purpose = ${purpose}::challenge_purpose
      AND browser_hash = ${hashOf(visitor.asker)} AND expires > ${new Date()}
    RETURNING user_id AS "userId"`;
  return found ?? null;
}
