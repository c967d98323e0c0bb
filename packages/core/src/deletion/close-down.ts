import { type Tx, withTenant } from '@secateur/db';
import { auditSystem } from '../audit/index.ts';
import type { Context } from '../context/index.ts';
import { eraseFromTrail } from '../trail/index.ts';
import { eraseRows, forgetMembers } from './erase-rows.ts';

/** Transactions of one run, so that everybody's turn comes round. */
const TURNS = 10;

/**
 * Deletes what is left of a tenant whose keys are destroyed: its rows, its members, and every name in its trail. Returns
 * whether that was all. The last transaction looks again whether there is nothing, and says so.
 */
export async function closeDown(ctx: Context, tenantId: string): Promise<boolean> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    const ended = await withTenant(ctx.prisma, tenantId, (tx) => step(tx, ctx, tenantId));
    if (ended) return true;
  }
  return false;
}

/** One transaction's worth. True when there was nothing left and that is written down. */
async function step(tx: Tx, ctx: Context, tenantId: string): Promise<boolean> {
  const now = ctx.clock.now();
  await tx.$queryRaw`SELECT 1 FROM deletions WHERE tenant_id = ${tenantId}::uuid FOR UPDATE`;
  const rows = (await eraseRows(tx)) || (await forgetMembers(tx));
  if (rows > 0) {
    await auditSystem(tx, tenantId, now, { action: 'tenant.erased', subjectId: tenantId, count: rows });
    await tx.deletion.update({ where: { tenantId }, data: { rows: { increment: rows } } });
    return false;
  }
  const { more } = await eraseFromTrail(tx, { tenantId, personId: null, now });
  if (more) return false;
  await tx.tenant.update({ where: { id: tenantId }, data: { name: '', wishes: '' } });
  await auditSystem(tx, tenantId, now, { action: 'tenant.closed', subjectId: tenantId });
  await tx.deletion.update({ where: { tenantId }, data: { erasedAt: now, askedBy: null, wakeAt: null } });
  return true;
}
