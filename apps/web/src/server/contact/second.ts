import { DAY, Refusal } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { asUser } from '@secateur/core/tenants';
import type { MailLink } from '@secateur/db';
import { mailboxOf } from '../limits/mailbox.ts';
import { makeLink, takeLastLink } from '../links/mail-links.ts';
import type { Notify } from '../notices/notify.ts';
import { masked, nameOf, t } from '../notices/words.ts';
import { addressInput } from './address.ts';
import type { OwnContext } from './own-context.ts';

/** Milliseconds that a second contact has to say yes: they may not read their mails every day. */
const TO_ANSWER = 3 * DAY;

/** Whom a user has named, and whom they have asked. */
export type ContactView = {
  email: string | null;
  second: { email: string; verifiedAt: Date } | null;
  /** Addresses that a link is on its way to. */
  secondAsked: string | null;
  addressAsked: string | null;
};

/** A user's addresses. */
export async function getContact({ prisma, user }: OwnContext): Promise<ContactView> {
  const userId = user.id;
  const { email, secondContact } = await prisma.user.findUniqueOrThrow({
    where: { id: userId },
    include: { secondContact: true },
  });
  const asked = await prisma.mailLink.findMany({
    where: { userId, kind: { in: ['second_contact', 'new_address'] }, expires: { gt: new Date() } },
    orderBy: { sentAt: 'desc' },
  });
  const lastOf = (kind: MailLink['kind']) => asked.find((one) => one.kind === kind)?.email ?? null;
  return {
    email,
    second: secondContact && { email: secondContact.email, verifiedAt: secondContact.verifiedAt },
    secondAsked: lastOf('second_contact'),
    addressAsked: lastOf('new_address'),
  };
}

/** Asks an address whether it will be a user's second contact. It counts once it has said yes. */
export async function askSecond(ctx: OwnContext, raw: unknown): Promise<void> {
  const { email } = addressInput.parse(raw);
  const userId = ctx.user.id;
  const user = await ctx.prisma.user.findUniqueOrThrow({ where: { id: userId } });
  if (user.email === email) throw new Refusal('same_address');
  await ctx.limit('mailTo', mailboxOf(email));
  const link = await makeLink(ctx, { kind: 'second_contact', userId, email, sessionId: ctx.session.id }, TO_ANSWER);
  await asUser(ctx, userId, async () => ({ result: null, deeds: [{ action: 'contact.asked', subjectId: null }] }));
  await ctx.mailer.send({
    to: email,
    subject: t('mail.secondContact.subject'),
    text: t('mail.secondContact.text', { link, who: masked(nameOf(user)) }),
  });
}

/** The address said yes: from now on it hears what the first one hears. The one before it is told that it no longer does. */
export async function acceptSecond(ctx: Context & { notify: Notify }, link: MailLink): Promise<void> {
  const { userId, email } = link;
  if (!email) throw new Refusal('not_found');
  const former = await asUser(ctx, userId, async (tx) => {
    await takeLastLink(tx, link);
    const before = await tx.secondContact.findUnique({ where: { userId } });
    const fresh = { email, verifiedAt: new Date() };
    const update = before?.email === email ? fresh : { ...fresh, stoppedAt: null };
    await tx.secondContact.upsert({ where: { userId }, create: { userId, ...fresh }, update });
    return { result: before?.email, deeds: [{ action: 'contact.changed', subjectId: null }] };
  });
  await ctx.notify(userId, { about: 'contactChanged' }, former === email ? {} : { former });
}

/** From now on there is no second contact; who was it is told. */
export async function removeSecond(ctx: OwnContext): Promise<void> {
  const userId = ctx.user.id;
  const former = await asUser(ctx, userId, async (tx) => {
    await tx.mailLink.deleteMany({ where: { userId, kind: 'second_contact' } });
    const before = await tx.secondContact.findUnique({ where: { userId } });
    if (!before) throw new Refusal('not_found');
    await tx.secondContact.delete({ where: { userId } });
    return { result: before.email, deeds: [{ action: 'contact.removed', subjectId: null }] };
  });
  await ctx.notify(userId, { about: 'contactRemoved' }, { former });
}
