import { SECOND } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { done, drop, type Outcome, snooze } from '@secateur/queue';
import { auditSystem } from '../audit/index.ts';
import { holderOf, isTaken, moverOf, networkOf, openCredentials, settleIn } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { askToLeave } from './ask-to-leave.ts';
import { forget } from './forget.ts';
import { type Ref, type Row, read } from './row.ts';

/** Milliseconds until it is looked again how far the account has come. */
const AGAIN = 10 * SECOND;

/**
 * One step of an account's way to another tenant: where it is now it is made to leave, and as soon as nothing is held there it
 * is this tenant's. A proof that nobody made use of is given back. Whoever proved to own the account later, or by consent
 * where this was an app password, goes before.
 */
export async function moveConnection(ctx: WorkerContext, ref: Ref): Promise<Outcome> {
  const row = await read(ctx, ref);
  if (row?.state === 'elsewhere') return forget(ctx, ref, row);
  if (row?.state !== 'moving' || row.accountId === null || row.provenAt === null) return drop('not_moving');
  const { accountId, provenAt } = row;
  const next = await moverOf(ctx.prisma, accountId);
  if (next?.connectionId !== ref.connectionId) return forget(ctx, ref, row, 'connection_elsewhere');
  const holder = await holderOf(ctx.prisma, accountId);
  if (holder === null) return arrive(ctx, ref, row, accountId);
  const { way, leaving: blocks } = row;
  const standing = await askToLeave(ctx, holder, { accountId, provenAt, way, blocks });
  if ('problem' in standing) return forget(ctx, ref, row, standing.problem);
  await tellProgress(ctx, ref, standing.left);
  return snooze('still_elsewhere');
}

/** How much is left there is all that is said of there. */
async function tellProgress(ctx: WorkerContext, ref: Ref, left: number): Promise<void> {
  const { tenantId, connectionId } = ref;
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const news = await tx.$executeRaw`
      UPDATE connections SET wake_at = ${new Date(now.getTime() + AGAIN)}, moving_left = ${left}::int
      WHERE tenant_id = ${tenantId}::uuid AND id = ${connectionId}::uuid AND state = 'moving'`;
    if (news > 0) await record(tx, tenantId, now, [{ kind: 'connection', subjectId: connectionId }]);
  });
}

/** Nothing holds it anywhere: it acts for this tenant from here on. Somebody who connects it first makes it look again. */
async function arrive(ctx: WorkerContext, ref: Ref, row: Row, accountId: string): Promise<Outcome> {
  const { tenantId, connectionId: id } = ref;
  if (row.sealed === null) return forget(ctx, ref, row, 'connection_revoked');
  const { text } = await openCredentials(ctx, { ...row, tenantId, id, sealed: row.sealed });
  const grant = networkOf(ctx, row.network).grantOf(text);
  const now = ctx.clock.now();
  try {
    return await withTenant(ctx.prisma, tenantId, async (tx) => {
      const [still] = await tx.$queryRaw<{ state: string }[]>`
        SELECT state::text AS state FROM connections
        WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
      if (still?.state !== 'moving') return drop('not_moving');
      await settleIn(tx, { tenantId, id, accountId, renews: false }, grant, now);
      await auditSystem(tx, tenantId, now, { action: 'connection.moved_here', subjectId: id });
      await record(tx, tenantId, now, [{ kind: 'connection', subjectId: id }]);
      return done();
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    return snooze('taken_first');
  }
}
