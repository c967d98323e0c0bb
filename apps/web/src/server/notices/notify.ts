import type { PrismaClient } from '@secateur/db';
import type { Mailer } from '../mailer.ts';
import type { Deed } from '../step-up/policy.ts';
import { type Listener, nameOf, words } from './words.ts';

/** What somebody is told of by mail, because a stranger may have done it. */
export type Notice =
  | { about: 'newDevice'; browser: string; system: string }
  | { about: 'passkeyAdded' | 'passkeyRemoved' | 'passkeySuspect' | 'contactChanged' | 'contactRemoved' }
  | { about: 'wayAdded' | 'wayRemoved' }
  | { about: 'recoveryUsed'; left: number }
  /** The link is for the second contact alone: whoever reads the first mailbox may be whom the passkey keeps out. */
  | { about: 'firstPasskey'; link: string }
  | { about: 'pending'; deed: Deed; readyAt: Date; link: string }
  | { about: 'addressChanged'; link: string }
  /** `tenant` is an organisation's name, or 'none': a personal one is called like its owner's address. */
  | { about: 'deletionAsked'; tenant: string; leaveAt: Date; dueAt: Date }
  | { about: 'deletionStuck'; tenant: string; remaining: number; keepAt: Date }
  | { about: 'deletionCancelled'; tenant: string };

/** Where it goes besides the first address and the second contact: an address that was one of them until now. */
export type Also = { former?: string };

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
      [former, 'former'],
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
