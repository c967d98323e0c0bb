import type { SqlTx } from '@secateur/db';
import type { LedgerFilter } from './schemas.ts';

/** How many targets there are of each kind under what was asked for, and of which at most that many effects there are. */
export type Weight = {
  total: number;
  spared: number;
  pending: number;
  done: number;
  already: number;
  failed: number;
  /** On its accounts, under whichever shield. */
  allPending: number;
  allDone: number;
  allOdd: number;
  accounts: string[];
  /** Some shield of them was undone as a whole. */
  undone: boolean;
};

/** Weighs what is asked for by the counts that the shields keep: one row a shield and account. */
export async function weigh(
  tx: SqlTx,
  tenantId: string,
  visible: string[] | null,
  { shieldId, connectionId, network }: LedgerFilter,
): Promise<Weight> {
  const [row] = await tx.$queryRaw<Weight[]>`
    WITH own AS (
      SELECT c.*, s.undone_at, s.state,
             (${shieldId}::uuid IS NULL OR c.shield_id = ${shieldId}::uuid) AS asked
      FROM shield_connections c JOIN shields s ON s.tenant_id = c.tenant_id AND s.id = c.shield_id
      WHERE c.tenant_id = ${tenantId}::uuid AND s.state NOT IN ('preview', 'discarded')
        AND (${connectionId}::uuid IS NULL OR c.connection_id = ${connectionId}::uuid)
        AND (${network}::text IS NULL OR EXISTS (
              SELECT FROM connections n WHERE n.tenant_id = c.tenant_id AND n.id = c.connection_id AND n.network::text = ${network}::text))
        AND (${visible}::uuid[] IS NULL OR NOT EXISTS (
              SELECT FROM shield_connections o WHERE o.tenant_id = c.tenant_id AND o.shield_id = c.shield_id
                AND o.connection_id <> ALL (${visible}::uuid[])))
    )
    SELECT coalesce(sum(total) FILTER (WHERE asked), 0)::int AS total, coalesce(sum(spared) FILTER (WHERE asked), 0)::int AS spared,
           coalesce(sum(pending) FILTER (WHERE asked), 0)::int AS pending, coalesce(sum(done) FILTER (WHERE asked), 0)::int AS done,
           coalesce(sum(already) FILTER (WHERE asked), 0)::int AS already, coalesce(sum(failed) FILTER (WHERE asked), 0)::int AS failed,
           coalesce(sum(pending), 0)::int AS "allPending", coalesce(sum(done), 0)::int AS "allDone",
           coalesce(sum(already + failed), 0)::int AS "allOdd",
           coalesce(array_agg(DISTINCT account_id::text), '{}') AS accounts,
           coalesce(bool_or(undone_at IS NOT NULL) FILTER (WHERE asked), false) AS undone
    FROM own`;
  if (!row) throw new Error('a sum without a row');
  return row;
}
