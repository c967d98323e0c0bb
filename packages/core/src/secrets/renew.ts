import { type SqlTx, withTenantSql } from '@secateur/db';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { insertKey, lockKeys } from './tenant-key.ts';

/**
 * Gives a tenant a new key: everything is sealed under it from now on, and `tendKeys` seals anew what is under the old one.
 * Returns its version, or null when the tenant has no key.
 */
export async function renewKey(ctx: WorkerContext, tenantId: string): Promise<number | null> {
  return withTenantSql(ctx.prisma, tenantId, (tx) => renewKeyIn(ctx, tx, tenantId, null));
}

/** The same in the caller's transaction, and only for a key made before `bornBefore`. */
export async function renewKeyIn(
  ctx: WorkerContext,
  tx: SqlTx,
  tenantId: string,
  bornBefore: Date | null,
): Promise<number | null> {
  await lockKeys(tx, tenantId);
  const [current] = await tx.$queryRaw<{ version: number }[]>`
    SELECT version FROM tenant_keys
    WHERE tenant_id = ${tenantId}::uuid AND superseded_at IS NULL AND shredded_at IS NULL
      AND (${bornBefore}::timestamptz IS NULL OR created_at < ${bornBefore}::timestamptz) FOR UPDATE`;
  if (!current) return null;
  const now = ctx.clock.now();
  const version = current.version + 1;
  await insertKey(ctx, tx, tenantId, version);
  await tx.$executeRaw`
    UPDATE tenant_keys SET superseded_at = ${now}::timestamptz
    WHERE tenant_id = ${tenantId}::uuid AND version = ${current.version}::int`;
  await auditSystem(tx, tenantId, now, { action: 'keys.renewed', subjectId: null, count: 1 });
  return version;
}
