import { MINUTE } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import { auditSystem } from '../audit/index.ts';
import { giveBack, moveConnectionJob, moverOf } from '../connections/index.ts';
import type { Leaving } from '../connections/schemas.ts';
import type { WorkerContext } from '../context/index.ts';
import { lockRunning, recount, wakeAccounts } from '../effects/index.ts';
import { record } from '../events/index.ts';
import { erase } from './erase.ts';
import { drainConnectionJob } from './jobs.ts';
import { keep, makeDue, remaining, STEP, withdraw } from './let-go.ts';

type Ref = { tenantId: string; connectionId: string };
type Row = { accountId: string | null; leaving: Leaving; state: string; problem: string | null; moved: boolean };

/**
 * One step of a disconnection: what was never made is withdrawn, what is held is made due or let go of, and when nothing
 * is left the credentials are erased, at the network and here. It looks again every minute until then.
 */
export async function drainConnection(ctx: WorkerContext, ref: Ref): Promise<Outcome> {
  const left = await withTenant(ctx.prisma, ref.tenantId, (tx) => step(tx, ctx, ref));
  if (left === null) return drop('not_leaving');
  if (left > 0) return snooze('still_held');
  await giveBack(ctx, ref.tenantId, ref.connectionId);
  return withTenant(ctx.prisma, ref.tenantId, async (tx) => {
    const row = await lock(tx, ref);
    if (row?.state !== 'leaving') return drop('not_leaving');
    // Somebody may have begun anew between the two transactions.
    if (row.accountId !== null && (await remaining(tx, ref.tenantId, row.accountId)) > 0) return snooze('still_held');
    const now = ctx.clock.now();
    await erase(tx, ref.tenantId, ref.connectionId, row.accountId, now);
    const action = row.moved ? 'connection.moved_away' : 'connection.gone';
    await auditSystem(tx, ref.tenantId, now, { action, subjectId: ref.connectionId });
    await record(tx, ref.tenantId, now, [{ kind: 'connection', subjectId: ref.connectionId }]);
    // Whoever waits for it need not wait until they look again.
    const mover = row.accountId === null ? null : await moverOf(tx, row.accountId);
    if (mover) await enqueue(tx, moveConnectionJob, mover);
    return done();
  });
}

/** How many effects are left on the account; null when the connection isn't leaving. */
async function step(tx: Tx, ctx: WorkerContext, ref: Ref): Promise<number | null> {
  const { tenantId } = ref;
  const row = await lock(tx, ref);
  if (row?.state !== 'leaving') return null;
  const { accountId, leaving } = row;
  if (accountId === null) return 0;
  const now = ctx.clock.now();
  const withdrawn = await withdraw(tx, tenantId, accountId, now);
  const due = leaving === 'now' ? await makeDue(tx, tenantId, accountId, now) : { rows: 0, shieldIds: [] };
  const kept =
    leaving === 'keep' ? await keep(tx, tenantId, accountId, await isDead(tx, row)) : { rows: 0, shieldIds: [] };
  const moved = withdrawn.rows + due.rows + kept.rows;
  const shieldIds = [...new Set([withdrawn, due, kept].flatMap((one) => one.shieldIds))].sort();
  await recount(tx, tenantId, shieldIds, now);
  if (moved > 0) {
    await auditSystem(tx, tenantId, now, { action: 'connection.drained', subjectId: ref.connectionId, count: moved });
    await record(
      tx,
      tenantId,
      now,
      shieldIds.map((subjectId) => ({ kind: 'shield', subjectId })),
    );
  }
  const left = await remaining(tx, tenantId, accountId);
  await tx.connection.update({
    where: { tenantId_id: { tenantId, id: ref.connectionId } },
    data: { wakeAt: new Date(now.getTime() + MINUTE) },
  });
  if (left > 0) await wakeAccounts(tx, tenantId, [accountId], now);
  if (moved >= STEP) await enqueue(tx, drainConnectionJob, ref);
  return left;
}

/** Whether nobody can read back any more what was in flight: whoever moves the account away can, with what they proved. */
async function isDead(tx: Tx, { accountId, problem, moved }: Row): Promise<boolean> {
  if (problem === null || accountId === null) return false;
  return !moved || (await moverOf(tx, accountId)) === null;
}

/** Locks the account as everybody does who moves its effects, then the connection, and reads it. */
async function lock(tx: Tx, { tenantId, connectionId }: Ref): Promise<Row | null> {
  const known = await tx.connection.findUnique({ where: { tenantId_id: { tenantId, id: connectionId } } });
  if (known?.accountId) await lockRunning(tx, tenantId, [known.accountId]);
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT account_id AS "accountId", leaving::text AS leaving, state::text AS state, problem, moved_at IS NOT NULL AS moved FROM connections
    WHERE tenant_id = ${tenantId}::uuid AND id = ${connectionId}::uuid FOR UPDATE`;
  return row ?? null;
}
