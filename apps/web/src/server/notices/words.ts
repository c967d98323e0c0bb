import { createTranslator } from 'next-intl';
import { FORMATS } from '~/i18n/formats.ts';
import messages from '../../../messages/en.json' with { type: 'json' };
import type { Notice } from './notice.ts';

/** Who reads it: the user's own address, their second contact, or an address that was one of these until now. */
export type Listener = 'first' | 'second' | 'former';

/** The words of mails: they are written where there is no page around them too. */
export const t = createTranslator({ locale: 'en', messages, formats: FORMATS, timeZone: 'UTC' });

/** A notice as a mail. The second contact is told whose account it is by the beginning of its name only. */
export function words(notice: Notice, listener: Listener, who: string): { subject: string; text: string } {
  const { about, ...values } = heardBy(notice, listener);
  const what = t(`mail.notice.about.${about}`, { ...values } as never);
  return {
    subject: t(`mail.notice.subject.${listener}`),
    text: t(`mail.notice.text.${listener}`, { what, who: masked(who) }),
  };
}

function heardBy(notice: Notice, listener: Listener) {
  if (notice.about === 'firstPasskey' && listener !== 'second') return { about: 'passkeyAdded' as const };
  if (notice.about !== 'pending' || listener !== 'second') return notice;
  const { secondLink: link, deed, readyAt } = notice;
  return link === null ? { about: 'pendingTold' as const, deed, readyAt } : { ...notice, link };
}

/** What somebody signs in with: an address, or their account elsewhere by its handle. */
export function nameOf({ email, name }: { email: string | null; name: string | null }): string {
  return email ?? name ?? '';
}

/** Enough of an address or a handle for somebody who knows it. */
export function masked(name: string): string {
  const at = name.includes('@') ? name.lastIndexOf('@') : name.indexOf('.');
  return at < 0 ? `${name.slice(0, 2)}…` : `${name.slice(0, Math.min(2, at))}…${name.slice(at)}`;
}
