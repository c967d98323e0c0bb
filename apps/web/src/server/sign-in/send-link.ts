import { getTranslations } from 'next-intl/server';
import type { Mailer } from '../mailer.ts';

/**
 * Sends the link. It leads to a page with a button and not to the sign-in itself: mail scanners open every link, and
 * one that they have used up is of no use to anybody.
 */
export async function sendLink(mailer: Mailer, origin: string, email: string, callback: string): Promise<void> {
  const t = await getTranslations('mail.signIn');
  const link = confirmLink(origin, callback);
  await mailer.send({ to: email, subject: t('subject'), text: t('text', { link }) });
}

/** The page that asks for a press, with what the sign-in behind it needs. */
function confirmLink(origin: string, callback: string): string {
  const link = new URL('/sign-in/confirm', origin);
  link.search = new URL(callback).search;
  return link.href;
}
