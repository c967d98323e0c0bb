import { Prisma, type SqlTx } from '@secateur/db';
import { lockRunning } from './account.ts';
import { recount } from './counts.ts';
import type { AccountRef } from './types.ts';
import { wakeAccounts } from './wake.ts';

/** Whether `e` is ours, there, and should be gone: its time to be looked at is over, lifting it failed before, or no shield covers it. */
export function isLeftOver({ tenantId, accountId }: AccountRef, now: Date): Prisma.Sql {
  return Prisma.sql`(e.state = 'applied' AND (e.due_at <= ${now} OR e.tries > 0 OR NOT EXISTS (
    SELECT FROM targets t JOIN shields s ON s.tenant_id = t.tenant_id AND s.id = t.shield_id AND s.state <> 'ended'
    WHERE t.tenant_id = ${tenantId}::uuid AND t.account_id = ${accountId}::uuid AND t.profile_id = e.profile_id
      AND t.action = e.action AND t.state = 'covering')))`;
}

/**
 * Has what should be gone looked at now. The turn of its account judges each as ever: what a shield covers after all stays, and
 * what isn't ours is not asked about. Returns how many.
 */
export async function liftLeftOver(tx: SqlTx, ref: AccountRef, now: Date): Promise<number> {
  await lockRunning(tx, ref.tenantId, [ref.accountId]);
  const rows = await tx.$queryRaw<{ shieldId: string; stray: boolean }[]>`
    UPDATE effects e SET due_at = least(e.due_at, ${now}), tries = 0
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid AND ${isLeftOver(ref, now)}
    RETURNING e.shield_id AS "shieldId", old.tries = 0 AND coalesce(old.due_at > ${now}, true) AS stray`;
  // Nobody looked at those that were not due, so their shield may still count them.
  const among = rows.filter((row) => row.stray).map((row) => row.shieldId);
  await recount(tx, ref.tenantId, [...new Set(among)].sort(), now);
  if (rows.length > 0) await wakeAccounts(tx, ref.tenantId, [ref.accountId], now);
  return rows.length;
}
