import { withTenant } from '@secateur/db';
import type { Context } from '../context/index.ts';
import { timetable } from './policy/index.ts';

/** How the deletion of a tenant stands. */
export type Standing = {
  /** When the week is over, when it is all gone, and when what can't be lifted is kept. */
  leaveAt: Date;
  dueAt: Date;
  keepAt: Date;
  /** Blocks and mutes that could not be lifted so far. */
  remaining: number;
};

/** What a mail about a tenant's deletion says. */
export type DeletionFacts = {
  /** What an organisation is called; null for a personal tenant, which is called like its owner's address. */
  organisation: string | null;
  /** Null when there is none, or none any more. */
  standing: Standing | null;
};

/** How the deletion of that tenant stands now. Null when the tenant is gone. */
export async function deletionFacts(ctx: Context, tenantId: string): Promise<DeletionFacts | null> {
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const tenant = await tx.tenant.findUnique({ where: { id: tenantId } });
    if (!tenant) return null;
    const row = await tx.deletion.findUnique({ where: { tenantId } });
    return {
      organisation: tenant.kind === 'organisation' ? tenant.name : null,
      standing: row ? { ...timetable(row.askedAt, row.warnedAt), remaining: row.remaining ?? 0 } : null,
    };
  });
}
