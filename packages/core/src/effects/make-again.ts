import type { SqlTx } from '@secateur/db';
import { lockRunning } from './account.ts';
import { recount } from './counts.ts';
import type { AccountRef } from './types.ts';
import { vanished } from './vanished.ts';
import { wakeAccounts } from './wake.ts';

type Row = { profileId: string; action: string; shieldId: string; ended: boolean; since: Date };

/**
 * Makes again what was gone from the network although nobody here lifted it. A look cannot tell whose hand that was, so this is
 * done on the word of a member only. Each cover ends when it would have ended; who is spared by now is spared. What the shields need
 * for it is taken from their tokens as it is sent. Returns how many; shields that had ended for want of anything go on.
 */
export async function makeAgain(tx: SqlTx, ref: AccountRef, now: Date): Promise<number> {
  const { tenantId, accountId } = ref;
  await lockRunning(tx, tenantId, [accountId]);
  const rows = await tx.$queryRaw<Row[]>`
    SELECT v.profile_id AS "profileId", v.action::text AS action, v.shield_id AS "shieldId", v.ended, v.since
    FROM ${vanished(ref, now)} ORDER BY v.profile_id, v.action, v.ended, v.raised_at`;
  if (rows.length === 0) return 0;
  await goOn(tx, tenantId, [...new Set(rows.filter((row) => row.ended).map((row) => row.shieldId))].sort(), now);
  await tx.$executeRaw`
    UPDATE targets t SET state = 'covering', reason = NULL, covered_at = x.since::timestamptz
    FROM unnest(${rows.map((r) => r.profileId)}::uuid[], ${rows.map((r) => r.action)}::text[],
                ${rows.map((r) => r.shieldId)}::uuid[], ${rows.map((r) => r.since.toISOString())}::text[])
      AS x (profile_id, action, shield_id, since)
    WHERE t.tenant_id = ${tenantId}::uuid AND t.account_id = ${accountId}::uuid AND t.profile_id = x.profile_id
      AND t.action = x.action::action AND t.shield_id = x.shield_id AND t.state = 'over'`;
  // The first of its shields pays for it.
  const firsts = [...Map.groupBy(rows, (row) => `${row.profileId} ${row.action}`).values()].flatMap(
    ([row]) => row ?? [],
  );
  await tx.$executeRaw`
    UPDATE effects e SET state = 'pending', shield_id = x.shield_id, key = NULL, due_at = NULL, tries = 0, resent = false,
           problem = NULL, confirmed_at = NULL
    FROM unnest(${firsts.map((r) => r.profileId)}::uuid[], ${firsts.map((r) => r.action)}::text[],
                ${firsts.map((r) => r.shieldId)}::uuid[]) AS x (profile_id, action, shield_id)
    WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = ${accountId}::uuid AND e.profile_id = x.profile_id
      AND e.action = x.action::action AND e.state = 'undone'`;
  await recount(tx, tenantId, [...new Set(rows.map((row) => row.shieldId))].sort(), now);
  await wakeAccounts(tx, tenantId, [accountId], now);
  return firsts.length;
}

/** They have something to do again, and keep up with their crowds as before. */
async function goOn(tx: SqlTx, tenantId: string, shieldIds: string[], now: Date): Promise<void> {
  if (shieldIds.length === 0) return;
  await tx.$queryRaw`
    SELECT id FROM shields WHERE tenant_id = ${tenantId}::uuid AND id = ANY(${shieldIds}::uuid[]) ORDER BY id FOR UPDATE`;
  await tx.$executeRaw`
    UPDATE shields SET state = 'acting', ended_at = NULL
    WHERE tenant_id = ${tenantId}::uuid AND id = ANY(${shieldIds}::uuid[]) AND state = 'ended'`;
  await tx.$executeRaw`
    UPDATE keepings SET wake_at = ${now}
    WHERE tenant_id = ${tenantId}::uuid AND shield_id = ANY(${shieldIds}::uuid[]) AND paused_at IS NULL`;
}
