import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '@secateur/core/context';
import { deletionFacts } from '@secateur/core/deletion';
import { type Owed, payOwed } from '@secateur/core/notices';
import type { DeletionNews, OwedAbout } from '@secateur/core/notices/schemas';
import { nextEnding } from '@secateur/core/shields';
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
    (owed) => send(ctx, owed),
    (err, last) => ctx.log.error({ err, last }, 'a notice could not be sent'),
  );
}

/** Whoever has no such address is told by the page alone. */
async function send(ctx: PayContext, owed: Owed): Promise<void> {
  const { userId, listener } = owed;
  const user = await ctx.prisma.user.findUnique({ where: { id: userId }, include: { secondContact: true } });
  const to = listener === 'first' ? user?.email : user?.secondContact?.email;
  const what = to ? await wordsOf(ctx, owed) : null;
  if (!user || !to || what === null) return;
  const who = masked(nameOf(user));
  await ctx.mailer.send({
    to,
    subject: t(`mail.notice.subject.${listener}`),
    text: t(`mail.owed.${listener}`, { who, what }),
  });
}

/** What it says; null when there is nothing to say any more. */
async function wordsOf(ctx: PayContext, { about, listener, at, tenantId }: Owed): Promise<string | null> {
  if (about === 'renewal') {
    // Held longer or let go since, there is nothing to say.
    const ending = await nextEnding(ctx, tenantId);
    return ending && t('mail.owed.renewal', { at: ending });
  }
  if (!isDeletion(about)) return t(`mail.owed.${about}.${listener}`, { at });
  const facts = await deletionFacts(ctx, tenantId);
  if (!facts) return null;
  const tenant = facts.organisation ?? 'none';
  if (about === 'deletion_cancelled') return t(`mail.owed.${about}`, { tenant });
  return facts.standing && t(`mail.owed.${about}`, { tenant, ...facts.standing });
}

function isDeletion(about: OwedAbout): about is DeletionNews {
  return about.startsWith('deletion_');
}
