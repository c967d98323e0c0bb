import { withTenant } from '@secateur/db';
import type { Context } from '../context/index.ts';
import type { OwedAbout } from './schemas.ts';

/** A mail that is owed to one listener of one user. */
export type Owed = {
  tenantId: string;
  id: string;
  userId: string;
  listener: 'first' | 'second';
  about: OwedAbout;
  /** The moment that it is about. */
  at: Date;
  tries: number;
};

/** Mails taken up in one go. */
const MOST = 20;
/** Tries after which a mail is given up: by then nearly two days have gone by, and the page says it too. */
export const MOST_TRIES = 16;

/**
 * Takes up what is owed now and has each mail sent by `send`, which throws when it could not be. What could not be sent, or
 * whose sender died, is owed again a little later. Returns how many were taken up. `failed` hears of each failure, and
 * whether it was the last.
 */
export async function payOwed(
  ctx: Context,
  send: (owed: Owed) => Promise<void>,
  failed: (error: unknown, last: boolean) => void,
): Promise<number> {
  const due = await ctx.prisma.$queryRaw<{ tenantId: string; id: string }[]>`
    SELECT tenant_id AS "tenantId", id FROM across.notices_due(${MOST}::int)`;
  for (const where of due) {
    const { tenantId } = where;
    const owed = await withTenant(ctx.prisma, tenantId, (tx) => tx.owedNotice.findFirst({ where }));
    if (!owed) continue;
    try {
      await send(owed);
    } catch (error) {
      failed(error, owed.tries >= MOST_TRIES);
      if (owed.tries < MOST_TRIES) continue;
    }
    await withTenant(ctx.prisma, tenantId, (tx) => tx.owedNotice.deleteMany({ where }));
  }
  return due.length;
}
