import { withTenantSql } from '@secateur/db';
import type { Action } from '@secateur/networks/port';
import type { WorkerContext } from '../context/index.ts';
import { type Chunk, type Claimed, LOOKED } from './types.ts';

/** Writes down that these were looked at and are about to be sent. False when they are another claim's by now. */
export async function noteLooked(
  ctx: WorkerContext,
  { ref, epoch }: Chunk,
  action: Action,
  items: Claimed[],
): Promise<boolean> {
  const ids = items.map((c) => c.profileId);
  const count = await withTenantSql(
    ctx.prisma,
    ref.tenantId,
    (tx) => tx.$executeRaw`
      UPDATE effects SET key = ${LOOKED}
      WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid AND action = ${action}::action
        AND profile_id = ANY(${ids}::uuid[]) AND state = 'applying' AND epoch = ${epoch}`,
  );
  return count === items.length;
}
