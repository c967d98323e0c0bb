import { createTranslator } from 'next-intl';
import { FORMATS } from '~/i18n/formats.ts';
import messages from '../../../messages/en.json' with { type: 'json' };
import type { Notice } from './notify.ts';

/** Who reads it: the user's own address, their second contact, or an address that was one of these until now. */
export type Listener = 'first' | 'second' | 'former';

/** The words of mails: they are written where there is no page around them too. */
export const t = createTranslator({ locale: 'en', messages, formats: FORMATS, timeZone: 'UTC' });

/** A notice as a mail. The second contact is told whose account it is by the beginning of the address only. */
export function words(notice: Notice, listener: Listener, email: string): { subject: string; text: string } {
  const { about, ...values } = notice;
  const what = t(`mail.notice.about.${about}`, { ...values } as never);
  return {
    subject: t(`mail.notice.subject.${listener}`),
    text: t(`mail.notice.text.${listener}`, { what, who: masked(email) }),
  };
}

/** Enough of an address for somebody who knows it. */
export function masked(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, Math.min(2, at))}…${email.slice(at)}`;
}
