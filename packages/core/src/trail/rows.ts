import type { SqlTx } from '@secateur/db';
import type { ChainedRow } from './chain.ts';

/** Rows read at a time, whatever their number. */
export const PAGE = 1_000;

/** A row with what stands beside the chain. */
export type TrailRow = ChainedRow & {
  actorId: string | null;
  actorSalt: Uint8Array | null;
  subjectSalt: Uint8Array | null;
  /** Whether the ledger of erasures names its actor, its subject. */
  actorErased: boolean;
  subjectErased: boolean;
};

/** Sorts behind every row of its transaction. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** A place in a tenant's rows: behind every row of a transaction, or behind one of them. */
export type Place = { xid: bigint; id: string };
export const behind = (xid: bigint): Place => ({ xid, id: LAST_ID });

/** A tenant's next rows in the chain's order, up to a transaction. Fewer than a page: there are no more. */
export async function nextRows(tx: SqlTx, tenantId: string, after: Place, upto: bigint): Promise<TrailRow[]> {
  return tx.$queryRaw<TrailRow[]>`
    SELECT a.xid::text AS xid, a.id::text AS id, a.at, a.actor_kind::text AS "actorKind", a.actor_id::text AS "actorId",
           a.actor_salt AS "actorSalt", a.actor_digest AS "actorDigest", a.action, a.subject_id::text AS "subjectId",
           a.subject_salt AS "subjectSalt", a.subject_digest AS "subjectDigest", a.count, a.digest,
           EXISTS (SELECT FROM audit_erasures e
                   WHERE e.tenant_id = a.tenant_id AND e.row_id = a.id AND e.field = 'actor') AS "actorErased",
           EXISTS (SELECT FROM audit_erasures e
                   WHERE e.tenant_id = a.tenant_id AND e.row_id = a.id AND e.field = 'subject') AS "subjectErased"
    FROM audit a
    WHERE a.tenant_id = ${tenantId}::uuid AND (a.xid, a.id) > (${after.xid}::bigint, ${after.id}::uuid)
      AND a.xid <= ${upto}::bigint
    ORDER BY a.xid, a.id LIMIT ${PAGE}::int`;
}
