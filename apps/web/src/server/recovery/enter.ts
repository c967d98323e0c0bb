import { HOUR, Refusal } from '@secateur/base';
import { asUser } from '@secateur/core/tenants';
import type { HalfSignIn, PrismaClient } from '@secateur/db';
import { z } from 'zod';
import type { Notify } from '../notices/notify.ts';
import { halfOf } from '../sign-in/half.ts';
import { cookiesAt, noCookie, type SetCookie } from '../sign-in/own-cookies.ts';
import { safePath } from '../sign-in/safe-path.ts';
import { type SignInContext, startSession, type Visitor } from '../sign-in/start-session.ts';
import { hashCode } from './codes.ts';

export const codeInput = z.object({ code: z.string().min(1).max(60), back: z.string().max(2_000).nullish() });

/** Codes that may be tried for one user in one stretch of time, in milliseconds. */
const TRIES = 10;
const STRETCH = HOUR;

type CodeContext = SignInContext & {
  visitor: Visitor;
  recoveryKey: Uint8Array;
  notify: Notify;
  setCookies(cookies: readonly SetCookie[]): Promise<void>;
};

/**
 * Opens a session for a recovery code, which is used up by that, to somebody who is half way in. Throws the Refusals
 * `code_refused` and `too_many_tries`.
 */
export async function enterByCode(ctx: CodeContext, raw: unknown): Promise<{ to: string }> {
  const { code, back } = codeInput.parse(raw);
  const half = await halfOf(ctx);
  if (!half) throw new Refusal('code_refused');
  const { userId } = half;
  await countTry(ctx.prisma, userId);
  const left = await useCode(ctx, half, code);
  if (left === null) throw new Refusal('code_refused');
  const { half: name, options } = cookiesAt(ctx.origin);
  const { cookies } = await startSession(ctx, { userId, how: 'recovery', visitor: ctx.visitor });
  await ctx.setCookies([noCookie(name, options), ...cookies]);
  await ctx.notify(userId, { about: 'recoveryUsed', left });
  return { to: safePath(back) };
}

/** How many codes are left once this one is used; null when it isn't one, or was used by somebody quicker. */
async function useCode(ctx: CodeContext, { userId, tokenHash }: HalfSignIn, code: string): Promise<number | null> {
  return asUser<number | null>(ctx, userId, async (tx) => {
    const { count } = await tx.recoveryCode.updateMany({
      where: { userId, codeHash: hashCode(ctx.recoveryKey, userId, code), usedAt: null },
      data: { usedAt: new Date() },
    });
    if (count === 0) return { result: null, deeds: [{ action: 'recovery.failed', subjectId: null }] };
    const { count: halves } = await tx.halfSignIn.deleteMany({ where: { tokenHash } });
    if (halves === 0) throw new Refusal('code_refused');
    const left = await tx.recoveryCode.count({ where: { userId, usedAt: null } });
    return { result: left, deeds: [{ action: 'recovery.used', subjectId: null, count: left }] };
  });
}

async function countTry(prisma: PrismaClient, userId: string): Promise<void> {
  const now = new Date();
  const before = new Date(now.getTime() - STRETCH);
  const [row] = await prisma.$queryRaw<{ count: number }[]>`
    INSERT INTO recovery_tries AS t (user_id, since, count) VALUES (${userId}::uuid, ${now}, 1)
    ON CONFLICT (user_id) DO UPDATE
      SET count = CASE WHEN t.since < ${before} THEN 1 ELSE t.count + 1 END,
          since = CASE WHEN t.since < ${before} THEN ${now} ELSE t.since END
    RETURNING count`;
  if (!row || row.count > TRIES) throw new Refusal('too_many_tries');
}
