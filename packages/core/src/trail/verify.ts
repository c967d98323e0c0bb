import type { Context } from '../context/index.ts';
import type { Trail } from './anchor.ts';
import { type Finding, Findings } from './finding.ts';
import { verifyAnchor } from './verify-anchor.ts';
import { verifyTenant } from './verify-tenant.ts';

export type Verified = {
  tenants: number;
  /** Links and rows that were judged: those that are anchored. */
  links: number;
  rows: number;
  entries: bigint;
  /** When the newest judged link was closed, real time. */
  anchoredAt: Date | null;
  /** The first hundred, and how many there are in all. */
  findings: Finding[];
  faults: number;
};

const MOST_FINDINGS = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Checks every tenant's rows against its links, the links against the anchor and the anchor against itself. Rows that are
 * newer than the last anchored link are not judged. Reads only, page by page; may run beside everything else.
 */
export async function verifyTrail(ctx: Context, trail: Trail): Promise<Verified> {
  const found = new Findings(MOST_FINDINGS);
  const anchored = await verifyAnchor(ctx, trail, found);
  const sums = { tenants: 0, links: 0, rows: 0 };
  for (let tenantId = await tenantAfter(ctx, FIRST); tenantId !== null; tenantId = await tenantAfter(ctx, tenantId)) {
    const { links, rows } = await verifyTenant({ ctx, key: trail.key, tenantId, anchored, found });
    sums.tenants += 1;
    sums.links += links;
    sums.rows += rows;
  }
  return { ...sums, entries: anchored.entry, anchoredAt: anchored.at, findings: found.kept, faults: found.total };
}

async function tenantAfter(ctx: Context, tenantId: string): Promise<string | null> {
  const [row] = await ctx.prisma.$queryRaw<{ next: string | null }[]>`
    SELECT across.audit_tenant_after(${tenantId}::uuid)::text AS next`;
  return row?.next ?? null;
}
