import { DAY, Refusal } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { asUser, type OwnDeed } from '@secateur/core/tenants';
import type { MailLink, PrismaClient, SharedTx } from '@secateur/db';
import { z } from 'zod';
import { mailboxOf } from '../limits/mailbox.ts';
import { makeLink, takeLastLink, takeLink } from '../links/mail-links.ts';
import type { Notify } from '../notices/notify.ts';
import { t } from '../notices/words.ts';
import { dropPasskeysSince, dropWaysSince } from '../sign-in/drop-added-since.ts';
import { endEverySession } from '../sign-in/end-every-session.ts';
import type { OwnContext } from './own-context.ts';

/** Milliseconds for which the former address can be had back. */
const RESTORABLE = 7 * DAY;

/** An address as it is stored: as it is compared when somebody signs in. */
export const addressInput = z.object({
  email: z
    .string()
    .max(300)
    .transform((typed) => typed.trim().normalize('NFKC').toLowerCase())
    .pipe(z.email().max(254)),
});

/** Sends a link to the address that somebody wants to sign in with from now on. It counts once that was opened. */
export async function askNewAddress(ctx: OwnContext, raw: unknown): Promise<void> {
  const { email } = addressInput.parse(raw);
  const userId = ctx.user.id;
  const user = await ctx.prisma.user.findUniqueOrThrow({ where: { id: userId } });
  if (user.email === email) throw new Refusal('same_address');
  await ctx.limit('mailTo', mailboxOf(email));
  const link = await makeLink(ctx, { kind: 'new_address', userId, email, sessionId: ctx.session.id });
  await asUser(ctx, userId, async () => ({ result: null, deeds: [{ action: 'address.asked', subjectId: null }] }));
  await ctx.mailer.send({
    to: email,
    subject: t('mail.newAddress.subject'),
    text: t('mail.newAddress.text', { link }),
  });
}

type ChangeContext = Context & { origin: string; notify: Notify };

/**
 * The new address is the one to sign in with. The former one and the second contact get a link that takes this back for
 * seven days. Throws the Refusal `address_taken` when somebody else signs in with it.
 */
export async function acceptNewAddress(ctx: ChangeContext, link: MailLink): Promise<void> {
  const { userId, email } = link;
  if (!email) throw new Refusal('not_found');
  const sentAt = new Date();
  const { former } = await changeTo(ctx, link, email, 'address.changed');
  // Who had none has none to go back to: the second contact hears of it, and the day before it could be stopped.
  if (former === null) return;
  const back = await makeLink(ctx, { kind: 'restore_address', userId, email: former, sentAt }, RESTORABLE);
  await ctx.notify(userId, { about: 'addressChanged', link: back }, { former });
}

/**
 * The former address is back, and everybody who is signed in is out: it may have been a stranger who changed it. What they
 * have added since goes too (passkeys, codes, ways in, a second contact), what they have on its way, and what would give back
 * an address that they had in between.
 */
export async function restoreAddress(ctx: ChangeContext, link: MailLink): Promise<void> {
  if (!link.email) throw new Refusal('not_found');
  const { former, second } = await changeTo(ctx, link, link.email, 'address.restored');
  await ctx.notify(link.userId, { about: 'addressRestored' }, { former: [former, second] });
}

/** Who was who until now. */
type Formers = { former: string | null; second: string | null };

async function changeTo(
  ctx: ChangeContext,
  link: MailLink,
  email: string,
  action: 'address.changed' | 'address.restored',
): Promise<Formers> {
  const { userId } = link;
  return asUser(ctx, userId, async (tx) => {
    await (action === 'address.changed' ? takeLastLink : takeLink)(tx, link);
    const { email: former } = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    const owner = await tx.user.findUnique({ where: { email } });
    if (owner && owner.id !== userId) throw new Refusal('address_taken');
    await tx.user.update({ where: { id: userId }, data: { email, emailVerified: new Date() } });
    // Links to the address that is left open nothing any more.
    if (former !== null) await tx.verificationToken.deleteMany({ where: { identifier: former } });
    await tx.mailLink.deleteMany({ where: { userId, kind: { in: ['new_address', 'step_up'] } } });
    const deeds: OwnDeed[] = [{ action, subjectId: null }];
    let second: string | null = null;
    if (action === 'address.restored') {
      const later = { kind: 'restore_address', sentAt: { gte: link.sentAt } } as const;
      await tx.mailLink.deleteMany({ where: { userId, OR: [{ kind: 'second_contact' }, later] } });
      deeds.push(
        ...(await dropPasskeysSince(tx, userId, link.sentAt)),
        ...(await dropWaysSince(tx, userId, link.sentAt)),
      );
      second = await dropSecondSince(tx, userId, link.sentAt);
      if (second !== null) deeds.push({ action: 'contact.removed', subjectId: null });
      deeds.push(...(await endEverySession(tx, userId)));
    }
    return { result: { former, second }, deeds };
  });
}

/** Takes a second contact away who said yes since then, and returns who that was. */
async function dropSecondSince(tx: SharedTx, userId: string, since: Date): Promise<string | null> {
  const found = await tx.secondContact.findFirst({ where: { userId, verifiedAt: { gte: since } } });
  if (found) await tx.secondContact.delete({ where: { userId } });
  return found?.email ?? null;
}

/** Whether an address is kept for somebody who may still want it back: nobody begins a new account with it meanwhile. */
export async function isKept(prisma: PrismaClient, email: string): Promise<boolean> {
  const where = { kind: 'restore_address', email, expires: { gt: new Date() } } as const;
  return (await prisma.mailLink.count({ where })) > 0;
}
