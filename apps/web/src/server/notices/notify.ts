import type { PrismaClient } from '@secateur/db';
import type { Mailer } from '../mailer.ts';
import type { Notice } from './notice.ts';
import { type Listener, nameOf, words } from './words.ts';

/** Where it goes besides the first address and the second contact: addresses that were one of them until now. */
export type Also = { former?: string | (string | null)[] };

/** Mails that were handed over, and that could not be. */
export type ToldBy = { sent: number; failed: number };

/** Tells a user's first address and their second contact. A mail that can't be sent undoes nothing. */
export type Notify = (userId: string, notice: Notice, also?: Also) => Promise<ToldBy>;

type NotifyDeps = {
  prisma: PrismaClient;
  mailer: Mailer;
  log: { error(fields: Record<string, unknown>, message: string): void };
};

/** Tells by mail, in words that say nothing to somebody who looks over a shoulder at a list of subjects. */
export function mailNotices({ prisma, mailer, log }: NotifyDeps): Notify {
  return async (userId, notice, { former } = {}) => {
    const user = await prisma.user.findUnique({ where: { id: userId }, include: { secondContact: true } });
    const told = { sent: 0, failed: 0 };
    if (!user) return told;
    const listeners: [string | null | undefined, Listener][] = [
      [user.email, 'first'],
      [user.secondContact?.email, 'second'],
      ...[former].flat().map((to): [string | null | undefined, Listener] => [to, 'former']),
    ];
    for (const [to, listener] of listeners) {
      if (!to) continue;
      try {
        await mailer.send({ to, ...words(notice, listener, nameOf(user)) });
        told.sent += 1;
      } catch (err) {
        told.failed += 1;
        log.error({ err, about: notice.about }, 'a notice could not be sent');
      }
    }
    return told;
  };
}
