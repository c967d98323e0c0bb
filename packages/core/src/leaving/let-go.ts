import type { Tx } from '@secateur/db';
import { liftLate } from '../effects/index.ts';

/** Effects that are moved in one transaction. */
export const STEP = 5_000;

/** How many were moved, and whose counts that changes. */
type Moved = { rows: number; shieldIds: string[] };

/** What was never made, or isn't ours, is covered no more. An effect that was only wanted is wanted no more. */
export async function withdraw(tx: Tx, tenantId: string, accountId: string, now: Date): Promise<Moved> {
  const rows = await tx.$queryRaw<{ shieldId: string; profileId: string; resent: boolean }[]>`
    WITH mine AS (
      SELECT t.profile_id, t.action, t.shield_id, e.resent FROM targets t
      JOIN effects e ON e.tenant_id = t.tenant_id AND e.account_id = t.account_id AND e.profile_id = t.profile_id
        AND e.action = t.action AND e.state IN ('pending', 'absent', 'failed', 'by_hand', 'undone')
      WHERE t.tenant_id = ${tenantId}::uuid AND t.account_id = ${accountId}::uuid AND t.state = 'covering'
      LIMIT ${STEP}
    ), gone AS (
      UPDATE effects e SET state = 'absent', due_at = NULL
      FROM mine m
      WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = ${accountId}::uuid AND e.profile_id = m.profile_id
        AND e.action = m.action AND e.state = 'pending'
    )
    UPDATE targets t SET state = 'over', reason = 'disconnected'
    FROM mine m
    WHERE t.tenant_id = ${tenantId}::uuid AND t.account_id = ${accountId}::uuid AND t.profile_id = m.profile_id
      AND t.action = m.action AND t.shield_id = m.shield_id
    RETURNING t.shield_id AS "shieldId", t.profile_id AS "profileId", m.resent`;
  const sent = rows.filter((row) => row.resent);
  await liftLate(
    tx,
    { tenantId, accountId },
    sent.map((row) => row.profileId),
    now,
  );
  return moved(rows);
}

/** Every cover on the account ends now; what is applied is due, and lifted in the account's next turns. */
export async function makeDue(tx: Tx, tenantId: string, accountId: string, now: Date): Promise<Moved> {
  const rows = await tx.$queryRaw<{ shieldId: string }[]>`
    WITH mine AS (
      SELECT t.profile_id, t.action, t.shield_id FROM targets t
      JOIN effects e ON e.tenant_id = t.tenant_id AND e.account_id = t.account_id AND e.profile_id = t.profile_id
        AND e.action = t.action AND e.state = 'applied'
      WHERE t.tenant_id = ${tenantId}::uuid AND t.account_id = ${accountId}::uuid AND t.state = 'covering'
        AND t.reason IS DISTINCT FROM 'undone_one'
      LIMIT ${STEP}
    ), due AS (
      UPDATE effects e SET due_at = ${now}
      FROM mine m
      WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = ${accountId}::uuid AND e.profile_id = m.profile_id
        AND e.action = m.action AND e.state = 'applied'
    )
    UPDATE targets t SET reason = 'undone_one'
    FROM mine m
    WHERE t.tenant_id = ${tenantId}::uuid AND t.account_id = ${accountId}::uuid AND t.profile_id = m.profile_id
      AND t.action = m.action AND t.shield_id = m.shield_id
    RETURNING t.shield_id AS "shieldId"`;
  return moved(rows);
}

/**
 * What is applied stays on the network for ever and is the user's own from now on, as if made by hand. Not while anything
 * is in flight: what came of that must be read back first, unless the credentials are `dead` and nobody ever can.
 */
export async function keep(tx: Tx, tenantId: string, accountId: string, dead: boolean): Promise<Moved> {
  const [flying] = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM effects WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid
      AND state IN ('applying', 'lifting') LIMIT 1`;
  if (flying && !dead) return { rows: 0, shieldIds: [] };
  const rows = await tx.$queryRaw<{ shieldId: string }[]>`
    WITH mine AS (
      UPDATE effects e SET state = 'by_hand', due_at = NULL
      FROM (SELECT x.profile_id, x.action FROM effects x
            WHERE x.tenant_id = ${tenantId}::uuid AND x.account_id = ${accountId}::uuid AND x.state IN ('applied', 'applying', 'lifting')
            LIMIT ${STEP}) a
      WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = ${accountId}::uuid AND e.profile_id = a.profile_id
        AND e.action = a.action
      RETURNING e.profile_id, e.action
    )
    UPDATE targets t SET state = 'over', reason = 'kept'
    FROM mine m
    WHERE t.tenant_id = ${tenantId}::uuid AND t.account_id = ${accountId}::uuid AND t.profile_id = m.profile_id
      AND t.action = m.action AND t.state = 'covering'
    RETURNING t.shield_id AS "shieldId"`;
  return moved(rows);
}

/** Effects of the account that somebody still has to do something about. */
export async function remaining(tx: Tx, tenantId: string, accountId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM effects WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid
      AND state IN ('pending', 'applying', 'applied', 'lifting')`;
  return row?.n ?? 0;
}

function moved(rows: { shieldId: string }[]): Moved {
  return { rows: rows.length, shieldIds: [...new Set(rows.map((row) => row.shieldId))] };
}
