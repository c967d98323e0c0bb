import type { SqlTx } from '@secateur/db';
import { record } from '../events/index.ts';
import { giveBackTokens } from '../quotas/index.ts';
import type { AccountRef } from './types.ts';

const COUNTED = ['total', 'spared', 'already', 'pending', 'done', 'failed', 'over'] as const;
export type Counted = (typeof COUNTED)[number];
type Moves = Partial<Record<Counted, number>> & { charged?: number; returned?: number };

/** How a chunk moves the counts and tokens of the shields it touches on one account. */
export class Tally {
  readonly #byShield = new Map<string, Moves>();

  /** Moves one target of a shield from a count to another; `null` where it comes from or goes nowhere. */
  move(shieldId: string, from: Counted | null, to: Counted | null): void {
    if (from) this.#add(shieldId, from, -1);
    if (to) this.#add(shieldId, to, 1);
  }

  /** The shield pays for one effect. */
  charge(shieldId: string): void {
    this.#add(shieldId, 'charged', 1);
  }

  /** One effect will not be made after all: its token goes back. */
  giveBack(shieldId: string): void {
    this.#add(shieldId, 'returned', 1);
  }

  get shieldIds(): string[] {
    return [...this.#byShield.keys()].sort();
  }

  of(shieldId: string, what: keyof Moves): number {
    return this.#byShield.get(shieldId)?.[what] ?? 0;
  }

  #add(shieldId: string, what: keyof Moves, by: number): void {
    const moves = this.#byShield.get(shieldId) ?? {};
    moves[what] = (moves[what] ?? 0) + by;
    this.#byShield.set(shieldId, moves);
  }
}

/**
 * Writes a tally: one update for all shields of the chunk, tokens given back, states moved on where a count ran out.
 * `now` is also when the first and last were done.
 */
export async function writeTally(tx: SqlTx, ref: AccountRef, tally: Tally, now: Date): Promise<void> {
  const ids = tally.shieldIds;
  if (ids.length === 0) return;
  const column = (what: keyof Moves) => ids.map((id) => tally.of(id, what));
  const rows = await tx.$queryRaw<{ shieldId: string; pending: number; done: number; held: number; back: number }[]>`
    UPDATE shield_connections c SET
      total = c.total + m.total, spared = c.spared + m.spared, already = c.already + m.already,
      pending = c.pending + m.pending, done = c.done + m.done, failed = c.failed + m.failed, over = c.over + m.over,
      tokens_charged = c.tokens_charged + m.charged,
      tokens_held = greatest(0, c.tokens_held - m.charged - m.back),
      first_done_at = CASE WHEN m.charged > 0 THEN coalesce(c.first_done_at, ${now}::timestamptz) ELSE c.first_done_at END,
      last_done_at = CASE WHEN m.charged > 0 THEN ${now}::timestamptz ELSE c.last_done_at END
    FROM unnest(${ids}::uuid[], ${column('total')}::int[], ${column('spared')}::int[], ${column('already')}::int[],
                ${column('pending')}::int[], ${column('done')}::int[], ${column('failed')}::int[], ${column('over')}::int[],
                ${column('charged')}::int[], ${column('returned')}::int[])
      AS m (shield_id, total, spared, already, pending, done, failed, over, charged, back)
    WHERE c.tenant_id = ${ref.tenantId}::uuid AND c.account_id = ${ref.accountId}::uuid AND c.shield_id = m.shield_id
    RETURNING c.shield_id AS "shieldId", c.pending, c.done, c.tokens_held AS held, m.back`;
  const back = rows.reduce((sum, r) => sum + r.back, 0);
  if (back > 0) await giveBackTokens(tx, ref, back, now);
  await record(
    tx,
    ref.tenantId,
    now,
    ids.map((subjectId) => ({ kind: 'shield', subjectId })),
  );
  const ranOut = rows.filter((r) => r.pending === 0).map((r) => r.shieldId);
  if (ranOut.length > 0) await moveOn(tx, ref.tenantId, ranOut, now);
}

/**
 * Moves planned shields on when their counts ran out: nothing waiting → holding, nothing left at all → ended. Tokens
 * that they still hold go back.
 */
export async function moveOn(tx: SqlTx, tenantId: string, shieldIds: string[], now: Date): Promise<void> {
  // Two accounts may run out at the same moment, and neither sees the other's count before it is committed: who comes
  // second waits here, and counts in a statement that begins after the wait.
  const planned = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM shields
    WHERE tenant_id = ${tenantId}::uuid AND id = ANY(${shieldIds}::uuid[]) AND planned_at IS NOT NULL
    ORDER BY id FOR UPDATE`;
  if (planned.length === 0) return;
  await tx.$executeRaw`
    UPDATE shields s SET
      state = CASE WHEN x.pending + x.done = 0 THEN 'ended'::shield_state
                   WHEN s.undone_at IS NOT NULL THEN 'lifting'::shield_state
                   WHEN x.pending = 0 THEN 'holding'::shield_state ELSE 'acting'::shield_state END,
      ended_at = CASE WHEN x.pending + x.done = 0 THEN coalesce(s.ended_at, ${now}::timestamptz) ELSE NULL END,
      wake_at = CASE WHEN x.pending + x.done = 0 THEN NULL ELSE s.wake_at END
    FROM (SELECT shield_id, sum(pending) AS pending, sum(done) AS done FROM shield_connections
          WHERE tenant_id = ${tenantId}::uuid AND shield_id = ANY(${shieldIds}::uuid[]) GROUP BY shield_id) x
    WHERE s.tenant_id = ${tenantId}::uuid AND s.id = x.shield_id
      AND s.planned_at IS NOT NULL AND s.state IN ('acting', 'holding', 'lifting', 'gathering', 'ended')`;
  await returnUnused(tx, tenantId, shieldIds, now);
}

/** Tokens that a planned shield holds for nothing any more go back to their buckets. */
async function returnUnused(tx: SqlTx, tenantId: string, shieldIds: string[], now: Date): Promise<void> {
  const spare = await tx.$queryRaw<{ accountId: string; spare: number }[]>`
    WITH unused AS (
      SELECT c.shield_id, c.account_id, c.tokens_held - c.pending AS spare
      FROM shield_connections c JOIN shields s ON s.tenant_id = c.tenant_id AND s.id = c.shield_id
      WHERE c.tenant_id = ${tenantId}::uuid AND c.shield_id = ANY(${shieldIds}::uuid[])
        AND s.planned_at IS NOT NULL AND c.tokens_held > c.pending
      ORDER BY c.shield_id, c.account_id FOR UPDATE OF c
    )
    UPDATE shield_connections c SET tokens_held = c.tokens_held - u.spare FROM unused u
    WHERE c.tenant_id = ${tenantId}::uuid AND c.shield_id = u.shield_id AND c.account_id = u.account_id
    RETURNING c.account_id AS "accountId", u.spare::int AS spare`;
  for (const row of spare) await giveBackTokens(tx, { tenantId, accountId: row.accountId }, row.spare, now);
}

/**
 * Counts a shield's targets anew from the rows, on every account. For the rare ways in which an effect changes under a
 * shield that did not move it. The counts of one that has ended stay what they were then.
 */
export async function recount(tx: SqlTx, tenantId: string, among: string[], now: Date): Promise<void> {
  if (among.length === 0) return;
  const running = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM shields WHERE tenant_id = ${tenantId}::uuid AND id = ANY(${among}::uuid[]) AND state <> 'ended'
    ORDER BY id`;
  const shieldIds = running.map((shield) => shield.id);
  // Nobody else moves these counts from here on, and what others moved before is seen by the statement that counts.
  await tx.$queryRaw`
    SELECT account_id FROM shield_connections
    WHERE tenant_id = ${tenantId}::uuid AND shield_id = ANY(${shieldIds}::uuid[])
    ORDER BY shield_id, account_id FOR UPDATE`;
  await tx.$executeRaw`
    UPDATE shield_connections c SET total = x.total, spared = x.spared, already = x.already, pending = x.pending,
           done = x.done, failed = x.failed, over = x.over
    FROM (
      SELECT t.shield_id, t.account_id, count(*)::int AS total,
        count(*) FILTER (WHERE t.state = 'spared')::int AS spared,
        count(*) FILTER (WHERE t.state = 'over')::int AS over,
        count(*) FILTER (WHERE t.state = 'covering' AND e.state = 'by_hand')::int AS already,
        count(*) FILTER (WHERE t.state = 'covering' AND e.state IN ('pending', 'applying', 'absent'))::int AS pending,
        count(*) FILTER (WHERE t.state = 'covering' AND e.state IN ('applied', 'lifting'))::int AS done,
        count(*) FILTER (WHERE t.state = 'covering' AND e.state IN ('failed', 'undone'))::int AS failed
      FROM targets t LEFT JOIN LATERAL (
        SELECT e.state FROM effects e WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = t.account_id
          AND e.profile_id = t.profile_id AND e.action = t.action LIMIT 1) e ON true
      WHERE t.tenant_id = ${tenantId}::uuid AND t.shield_id = ANY(${shieldIds}::uuid[])
      GROUP BY t.shield_id, t.account_id
    ) x
    WHERE c.tenant_id = ${tenantId}::uuid AND c.shield_id = x.shield_id AND c.account_id = x.account_id`;
  await moveOn(tx, tenantId, shieldIds, now);
  await record(
    tx,
    tenantId,
    now,
    shieldIds.map((subjectId) => ({ kind: 'shield', subjectId })),
  );
}
