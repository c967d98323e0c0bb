import type { SqlTx } from '@secateur/db';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { PLACES } from './places.ts';

/**
 * Shreds the superseded keys under which nothing is sealed any more. Returns how many are left. Taking the rows' locks waits
 * for whoever is just sealing under one of them, and the look after it sees what they stored.
 */
export async function retire(ctx: WorkerContext, tx: SqlTx, tenantId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ version: number }[]>`
    SELECT version FROM tenant_keys
    WHERE tenant_id = ${tenantId}::uuid AND superseded_at IS NOT NULL AND shredded_at IS NULL ORDER BY version FOR UPDATE`;
  const now = ctx.clock.now();
  let left = 0;
  for (const { version } of rows) {
    const inUse = await Promise.all(PLACES.map((place) => place.anyUnder(tx, tenantId, version)));
    if (inUse.includes(true)) {
      left += 1;
      continue;
    }
    await tx.$executeRaw`
      UPDATE tenant_keys SET wrapped = NULL, shredded_at = ${now}::timestamptz
      WHERE tenant_id = ${tenantId}::uuid AND version = ${version}::int`;
    await auditSystem(tx, tenantId, now, { action: 'keys.retired', subjectId: null, count: 1 });
  }
  return left;
}
