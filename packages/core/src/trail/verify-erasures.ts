import { withTenantSql } from '@secateur/db';
import type { Context } from '../context/index.ts';
import { hex } from './chain.ts';
import type { Findings } from './finding.ts';

type Erasure = { id: string; rows: number; count: number | null; ledger: Uint8Array; digest: Uint8Array | null };

/** Each erasure's ledger is the one that its audit row holds the digest of, and no ledger stands for itself. */
export async function verifyErasures(ctx: Context, tenantId: string, found: Findings): Promise<void> {
  const erasures = await withTenantSql(
    ctx.prisma,
    tenantId,
    (tx) => tx.$queryRaw<Erasure[]>`
      SELECT e.erasure_id::text AS id, e.rows, a.count, e.ledger, a.digest FROM (
        SELECT erasure_id, count(*)::int AS rows,
               sha256(convert_to(string_agg(row_id || ' ' || field || E'\n', '' ORDER BY (row_id || ' ' || field) COLLATE "C"), 'UTF8')) AS ledger
        FROM audit_erasures WHERE tenant_id = ${tenantId}::uuid GROUP BY erasure_id
      ) e LEFT JOIN audit a ON a.tenant_id = ${tenantId}::uuid AND a.id = e.erasure_id AND a.action = 'trail.erased'`,
  );
  for (const { id, rows, count, ledger, digest } of erasures) {
    if (rows === count && hex(ledger) === hex(digest)) continue;
    found.add('erasure_altered', { tenantId, detail: `erasure ${id}: ${rows} of ${count ?? 'none'}` });
  }
}
