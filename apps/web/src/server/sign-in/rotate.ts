import { Refusal } from '@secateur/base';
import type { PrismaClient } from '@secateur/db';
import { isLive } from './lifetime.ts';
import { cookiesAt, type SetCookie } from './own-cookies.ts';
import { newSecret } from './secret.ts';
import { keyOf } from './session-key.ts';

type RotateContext = {
  prisma: PrismaClient;
  origin: string;
  session: { id: string };
  setCookies(cookies: readonly SetCookie[]): Promise<void>;
};

/**
 * A passkey was shown with this session: it goes on under a new token, so that whoever had the old one has nothing. Its id
 * and its end stay. Throws the Refusal `not_signed_in` when it is over.
 */
export async function rotate({ prisma, origin, session, setCookies }: RotateContext): Promise<void> {
  const now = new Date();
  const token = newSecret();
  const [rotated] = await prisma.session.updateManyAndReturn({
    where: { id: session.id, ...isLive(now) },
    data: { sessionToken: keyOf(token), verifiedAt: now, lastSeenAt: now },
    select: { expires: true },
  });
  if (!rotated) throw new Refusal('not_signed_in');
  const { session: name, options } = cookiesAt(origin);
  await setCookies([{ name, value: token, options: { ...options, expires: rotated.expires } }]);
}
