import { type SharedTx, withEachTenant } from '@secateur/db';
import { type AuditAction, auditMember } from '../audit/index.ts';
import type { Context } from '../context/index.ts';
import { tenantsOf } from './standing.ts';

/** What a user did that is their own and no tenant's. */
export type OwnDeed = { action: AuditAction; subjectId: string | null; count?: number };

/**
 * Does something that is a user's own, such as ending a session or adding a passkey, and writes what `work` says it did
 * into the trail of every tenant that the user belongs to, in one transaction.
 */
export async function asUser<T>(
  ctx: Context,
  userId: string,
  work: (tx: SharedTx) => Promise<{ result: T; deeds: OwnDeed[] }>,
): Promise<T> {
  const memberships = await tenantsOf(ctx, userId);
  const byId = new Map(memberships.map((one) => [one.tenantId, one]));
  let deeds: OwnDeed[] = [];
  const first = async (tx: SharedTx) => {
    const done = await work(tx);
    deeds = done.deeds;
    return done.result;
  };
  return withEachTenant(ctx.prisma, [...byId.keys()], first, async (tx, tenantId) => {
    const membership = byId.get(tenantId);
    if (!membership) return;
    const { role, suspended } = membership;
    const actor = { tenantId, userId, role, suspended, grants: [] };
    for (const deed of deeds) await auditMember(tx, { ...ctx, actor }, deed);
  });
}
