import { DAY, Refusal } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { asUser } from '@secateur/core/tenants';
import type { MailLink, MailLinkKind, PrismaClient } from '@secateur/db';
import { makeLink, takeLink } from '../links/mail-links.ts';
import type { Notify } from '../notices/notify.ts';
import { dropPasskeysSince, dropWaysSince } from '../sign-in/drop-added-since.ts';
import { endEverySession } from '../sign-in/end-every-session.ts';

/** Milliseconds for which a first passkey can be taken back, and in which that can be done once. */
const LIFE = 7 * DAY;

/**
 * A link that takes a user's passkeys back, for their second contact. Null within seven days of the last time: whoever that is
 * could else keep somebody from ever having one.
 */
export async function takeBackLink(
  ctx: { prisma: PrismaClient; origin: string },
  userId: string,
): Promise<string | null> {
  if ((await ctx.prisma.user.count({ where: mayTakeBack(userId) })) === 0) return null;
  return makeLink(ctx, { kind: 'remove_passkeys', userId }, LIFE);
}

/**
 * Every passkey of a user goes, with the codes that stand for them and the ways in that came since, and everybody is signed
 * out with whatever they have on its way: the first one was added by a stranger, and those after it with that one. Throws the
 * Refusal `not_found` within seven days of the last time.
 */
export async function takeBackPasskeys(ctx: Context & { notify: Notify }, link: MailLink): Promise<void> {
  const { userId } = link;
  const ways = await asUser(ctx, userId, async (tx) => {
    await takeLink(tx, link);
    // Locks the user's row too: a passkey that is added meanwhile is the first one anew.
    const { count } = await tx.user.updateMany({ where: mayTakeBack(userId), data: { takenBackAt: new Date() } });
    if (count === 0) throw new Refusal('not_found');
    const first = await tx.passkey.findFirst({ where: { userId }, orderBy: { createdAt: 'asc' } });
    const since = first && first.createdAt < link.sentAt ? first.createdAt : link.sentAt;
    const removed = await dropPasskeysSince(tx, userId, since);
    const dropped = await dropWaysSince(tx, userId, since);
    const ended = await endEverySession(tx, userId);
    const kinds: MailLinkKind[] = ['step_up', 'second_contact', 'new_address', 'remove_passkeys'];
    await tx.mailLink.deleteMany({ where: { userId, kind: { in: kinds } } });
    return { result: dropped.length, deeds: [...removed, ...dropped, ...ended] };
  });
  await ctx.notify(userId, { about: 'passkeyRemoved' });
  if (ways > 0) await ctx.notify(userId, { about: 'wayRemoved' });
}

/** A user whose passkeys were not taken back these days. */
function mayTakeBack(userId: string) {
  const before = new Date(Date.now() - LIFE);
  return { id: userId, OR: [{ takenBackAt: null }, { takenBackAt: { lte: before } }] };
}
