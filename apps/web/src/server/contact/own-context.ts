import type { Context } from '@secateur/core/context';
import type { Limit } from '../limits/limits.ts';
import type { Mailer } from '../mailer.ts';
import type { Notify } from '../notices/notify.ts';

/** What is a user's own business, asked from one of their sessions. */
export type OwnContext = Context & {
  user: { id: string };
  session: { id: string };
  origin: string;
  mailer: Mailer;
  limit: Limit;
  notify: Notify;
};
