import { DAY } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { asUser } from '@secateur/core/tenants';
import type { MailLink, PrismaClient } from '@secateur/db';
import { makeLink, takeLink } from '../links/mail-links.ts';
import type { Notify } from '../notices/notify.ts';
import { endEverySession } from '../sign-in/end-every-session.ts';

/** Milliseconds for which a first passkey can be taken back. */
const LIFE = 7 * DAY;

/** A link that takes a user's passkeys back, for their second contact. */
export function takeBackLink(ctx: { prisma: PrismaClient; origin: string }, userId: string): Promise<string> {
  return makeLink(ctx, { kind: 'remove_passkeys', userId }, LIFE);
}

/**
 * Every passkey of a user goes, with the codes that stand for them, and everybody is signed out with whatever they have on
 * its way: the first one was added by a stranger, and those after it with that one.
 */
export async function takeBackPasskeys(ctx: Context & { notify: Notify }, link: MailLink): Promise<void> {
  const { userId } = link;
  await asUser(ctx, userId, async (tx) => {
    await takeLink(tx, link);
    await tx.$executeRaw`SELECT FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
    const gone = await tx.passkey.findMany({ where: { userId }, select: { id: true } });
    await tx.passkey.deleteMany({ where: { userId } });
    await tx.recoveryCode.deleteMany({ where: { userId } });
    const ended = await endEverySession(tx, userId);
    await tx.mailLink.deleteMany({ where: { userId, kind: { in: ['step_up', 'second_contact', 'new_address'] } } });
    await tx.user.update({ where: { id: userId }, data: { passkeyAlone: false } });
    const removed = gone.map(({ id }) => ({ action: 'passkey.removed' as const, subjectId: id }));
    return { result: null, deeds: [...removed, ...ended] };
  });
  await ctx.notify(userId, { about: 'passkeyRemoved' });
}
