import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '@secateur/core/context';
import { type Owed, payOwed } from '@secateur/core/notices';
import type { PrismaClient } from '@secateur/db';
import type { Mailer } from '../mailer.ts';
import { masked, nameOf, t } from './words.ts';

type PayContext = Context & {
  mailer: Mailer;
  log: { error(fields: Record<string, unknown>, message: string): void };
};

/** Milliseconds between two looks at what is owed, by each web process. */
const EVERY = 2_000;

/** Sends what workers owe, as long as the process lives. */
export async function keepPaying(ctx: PayContext, ending: AbortSignal): Promise<void> {
  let failing = false;
  while (!ending.aborted) {
    try {
      while ((await payNotices(ctx)) > 0 && !ending.aborted);
      failing = false;
    } catch (err) {
      // Once for as long as the database is away.
      if (!failing) ctx.log.error({ err }, 'owed notices could not be read');
      failing = true;
    }
    await pause(EVERY, undefined, { signal: ending, ref: false }).catch(() => {});
  }
}

/** Sends what is owed now, and returns how many that was. */
export function payNotices(ctx: PayContext): Promise<number> {
  return payOwed(
    ctx,
    (owed) => send(ctx.prisma, ctx.mailer, owed),
    (err, last) => ctx.log.error({ err, last }, 'a notice could not be sent'),
  );
}

/** Whoever has no such address is told by the page alone. */
async function send(prisma: PrismaClient, mailer: Mailer, { userId, listener, about, at }: Owed): Promise<void> {
  const user = await prisma.user.findUnique({ where: { id: userId }, include: { secondContact: true } });
  const to = listener === 'first' ? user?.email : user?.secondContact?.email;
  if (!user || !to) return;
  const who = masked(nameOf(user));
  await mailer.send({
    to,
    subject: t(`mail.notice.subject.${listener}`),
    text: t(`mail.owed.${listener}`, { who, what: t(`mail.owed.${about}.${listener}`, { at }) }),
  });
}
