import { HOUR, Refusal } from '@secateur/base';
import type { MailLink, MailLinkKind, PrismaClient, SharedTx } from '@secateur/db';
import { hashOf, newSecret } from '../sign-in/secret.ts';

/** Milliseconds for which a link works when nothing else is said. */
const LIFE = HOUR;
/**
 * Links of a kind that a user may have on their way at a time, so that nobody fills a stranger's mailbox. What follows from
 * something that was done is never held back.
 */
const MOST = 5;
const UNLIMITED: readonly MailLinkKind[] = ['restore_address', 'remove_passkeys'];

type NewLink = {
  kind: MailLinkKind;
  userId: string;
  email?: string;
  doing?: string;
  actingIn?: string;
  sessionId?: string;
  /** Now, where nothing else is said. */
  sentAt?: Date;
};

/** Makes a link that works once. Throws the Refusal `too_many_tries` while several of its kind are on their way. */
export async function makeLink(
  { prisma, origin }: { prisma: PrismaClient; origin: string },
  link: NewLink,
  life = LIFE,
): Promise<string> {
  const { kind, userId } = link;
  const sentAt = new Date();
  await prisma.mailLink.deleteMany({ where: { expires: { lt: sentAt } } });
  const limited = !UNLIMITED.includes(kind);
  if (limited && (await prisma.mailLink.count({ where: { kind, userId } })) >= MOST)
    throw new Refusal('too_many_tries');
  const token = newSecret();
  const expires = new Date(sentAt.getTime() + life);
  await prisma.mailLink.create({ data: { sentAt, ...link, tokenHash: hashOf(token), expires } });
  return linkTo(origin, token);
}

/**
 * The page that shows what a token is for and asks for a press: mail programs open links by themselves. The token stands
 * behind the #, so that no server's log holds it.
 */
export function linkTo(origin: string, token: string): string {
  const link = new URL('/link', origin);
  link.hash = token;
  return link.href;
}

/** What a token is for, unchanged; null when it isn't worth anything any more. */
export async function lookAtLink(prisma: PrismaClient, token: string): Promise<MailLink | null> {
  return prisma.mailLink.findFirst({ where: { tokenHash: hashOf(token), expires: { gt: new Date() } } });
}

/** Uses a link up. Throws the Refusal `not_found` when somebody was quicker. */
export async function takeLink(tx: SharedTx, { tokenHash }: MailLink): Promise<void> {
  const { count } = await tx.mailLink.deleteMany({ where: { tokenHash, expires: { gt: new Date() } } });
  if (count === 0) throw new Refusal('not_found');
}

/** The same for the last link of its kind: those before it are worth nothing, and go with it. */
export async function takeLastLink(tx: SharedTx, link: MailLink): Promise<void> {
  const { kind, userId, sentAt } = link;
  if ((await tx.mailLink.count({ where: { kind, userId, sentAt: { gt: sentAt } } })) > 0)
    throw new Refusal('not_found');
  await takeLink(tx, link);
  await tx.mailLink.deleteMany({ where: { kind, userId } });
}
