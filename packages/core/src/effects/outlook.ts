import type { SqlTx } from '@secateur/db';
import type { Action } from '@secateur/networks/port';
import type { AccountRef } from './types.ts';

/** The first rank of what is wanted only because a shield keeps up: it has its turn when no ordinary shield wants anything. */
export const KEEP_UP = 3;

/** A shield that wants something applied on an account. */
export type Wanting = {
  shieldId: string;
  action: Action;
  tokensHeld: number;
  /** It goes by whom the account talked with: what is known of that has to be fresh before anything is written. */
  talks: boolean;
  /** Something can be tried now; else `retry` says when, if anything waits at all. */
  ready: boolean;
  retry: Date | null;
};

/** What there is to do on an account, now and later. */
export type Outlook = {
  /** Something was sent, or was about to be, and never reported. */
  inFlight: boolean;
  /** When the next applied effect is to be looked at. */
  lift: Date | null;
  /** In the order in which they take turns. */
  shields: Wanting[];
};

type Row = Pick<Outlook, 'inFlight' | 'lift'> & { [K in keyof Wanting]: Wanting[K] | null };

/**
 * Looks at what an account has to do. The account's id stands wherever effects are asked for: the planner then sees the
 * one part of sixteen they are in, and plans in a tenth of the time. What is ready is asked for in its index's order:
 * a bare EXISTS reads the whole part when it expects to find something soon.
 */
export async function outlookOf(tx: SqlTx, ref: AccountRef, now: Date): Promise<Outlook> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT a."inFlight", a.lift, w."shieldId", w.action, w."tokensHeld", w.talks, w.ready, w.retry
    FROM (
      SELECT EXISTS (SELECT FROM effects e WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid
                       AND e.state IN ('applying', 'lifting')) AS "inFlight",
             (SELECT min(e.due_at) FROM effects e WHERE e.tenant_id = ${ref.tenantId}::uuid
                AND e.account_id = ${ref.accountId}::uuid AND e.state = 'applied' AND e.due_at IS NOT NULL) AS lift
    ) a
    LEFT JOIN (
      SELECT s.id AS "shieldId", s.action::text AS action, c.tokens_held AS "tokensHeld", s.for_talked <> 'nothing' AS talks, s.raised_at AS "raisedAt", r.rank, r.rank IS NOT NULL AS ready,
             CASE WHEN r.rank IS NULL THEN (
               SELECT min(e.due_at) FROM effects e WHERE e.tenant_id = ${ref.tenantId}::uuid
                 AND e.account_id = ${ref.accountId}::uuid AND e.shield_id = s.id AND e.state = 'pending') END AS retry
      FROM shield_connections c JOIN shields s ON s.tenant_id = c.tenant_id AND s.id = c.shield_id
      CROSS JOIN LATERAL (
        SELECT (SELECT e.rank FROM effects e WHERE e.tenant_id = ${ref.tenantId}::uuid
                  AND e.account_id = ${ref.accountId}::uuid AND e.shield_id = s.id AND e.state = 'pending'
                  AND (e.due_at IS NULL OR e.due_at <= ${now})
                ORDER BY e.rank, e.resent LIMIT 1) AS rank
      ) r
      WHERE c.tenant_id = ${ref.tenantId}::uuid AND c.account_id = ${ref.accountId}::uuid AND c.pending > 0
        AND s.paused_at IS NULL AND s.cancelled_at IS NULL AND s.undone_at IS NULL
        AND s.state IN ('gathering', 'acting', 'holding')
    ) w ON true
    ORDER BY coalesce(w.rank >= ${KEEP_UP}::int, false), w."raisedAt"`;
  const [first] = rows;
  return {
    inFlight: first?.inFlight ?? false,
    lift: first?.lift ?? null,
    shields: rows.flatMap(({ shieldId, action, tokensHeld, talks, ready, retry }) =>
      shieldId === null || action === null
        ? []
        : [{ shieldId, action, tokensHeld: tokensHeld ?? 0, talks: talks ?? false, ready: ready ?? false, retry }],
    ),
  };
}
