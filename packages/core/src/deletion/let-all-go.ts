import { MINUTE } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { auditSystem } from '../audit/index.ts';
import type { Context } from '../context/index.ts';
import { record } from '../events/index.ts';
import { drainConnectionJob, letGo } from '../leaving/index.ts';
import { oweMembers } from '../notices/index.ts';
import { lockAndLoad } from './load.ts';
import { stageOf } from './policy/index.ts';

/**
 * Lets every account of the tenant go that isn't on its way yet, as was asked for. What can't be lifted is told to the
 * members in time, then kept, and in the end no longer waited for.
 */
export async function letAllGo(ctx: Context, tenantId: string): Promise<void> {
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const deletion = await lockAndLoad(tx, tenantId);
    if (!deletion) return;
    const stage = stageOf(deletion, now);
    if (stage.stage !== 'leaves') return;
    await letGoAs(tx, tenantId, stage.keep ? 'keep' : deletion.blocks, now);
    if (stage.warn) await warn(tx, tenantId, now);
    if (stage.abandon) await abandon(tx, tenantId);
    await tx.deletion.update({ where: { tenantId }, data: { wakeAt: new Date(now.getTime() + MINUTE) } });
  });
}

/** Who has kept what an account holds has it kept; everything else leaves in this way, also what was to leave in time. */
async function letGoAs(tx: Tx, tenantId: string, blocks: 'now' | 'keep', now: Date): Promise<void> {
  const staying = await tx.connection.findMany({
    where: {
      tenantId,
      state: { not: 'gone' },
      NOT: [
        { state: 'leaving', leaving: { in: [blocks, 'keep'] } },
        // What becomes of it was for whoever moves it away to say.
        { state: 'leaving', movedAt: { not: null } },
      ],
    },
    select: { id: true, state: true },
  });
  if (staying.length === 0) return;
  for (const { id } of staying) await letGo(tx, tenantId, id, blocks, now);
  // The ones that were leaving already held what could not be lifted.
  const action = staying.some(({ state }) => state === 'leaving') && blocks === 'keep' ? 'kept' : 'begun';
  await auditSystem(tx, tenantId, now, {
    action: `deletion.${action}`,
    subjectId: tenantId,
    count: action === 'kept' ? await held(tx, tenantId) : staying.length,
  });
  await record(tx, tenantId, now, [{ kind: 'tenant', subjectId: tenantId }]);
}

async function warn(tx: Tx, tenantId: string, now: Date): Promise<void> {
  const remaining = await held(tx, tenantId);
  await tx.deletion.update({ where: { tenantId }, data: { warnedAt: now, remaining } });
  await oweMembers(tx, tenantId, 'deletion_stuck', now);
  await auditSystem(tx, tenantId, now, { action: 'deletion.stuck', subjectId: tenantId, count: remaining });
  await record(tx, tenantId, now, [{ kind: 'tenant', subjectId: tenantId }]);
}

/** Nobody comes back to read what is in flight: as with credentials that no longer work. */
async function abandon(tx: Tx, tenantId: string): Promise<void> {
  const stuck = await tx.connection.findMany({
    where: { tenantId, state: 'leaving', problem: null },
    select: { id: true },
  });
  await tx.connection.updateMany({
    where: { tenantId, id: { in: stuck.map(({ id }) => id) } },
    data: { problem: 'network_down' },
  });
  for (const { id } of stuck) await enqueue(tx, drainConnectionJob, { tenantId, connectionId: id });
}

/** Blocks and mutes of ours that still stand, or may. */
async function held(tx: Tx, tenantId: string): Promise<number> {
  return tx.effect.count({ where: { tenantId, state: { in: ['applied', 'applying', 'lifting'] } } });
}
