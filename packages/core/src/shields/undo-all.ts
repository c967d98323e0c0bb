import { DAY, MINUTE, newId, Refusal, SECOND } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { enqueueMany } from '@secateur/queue';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { lockRunning, wakeAccounts } from '../effects/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { unwindShieldJob } from './jobs.ts';
import { type OrderView, shieldInput, undoAllInput } from './schemas.ts';

/**
 * Orders that everything the tenant's shields hold is let go, at once or spread over days. They make nothing new from then
 * on, and each cover ends at a moment of the span, drawn by whom it covers; the sweep of ends does the rest, and the
 * network's own budgets. Costs no tokens. Not for helpers: what is granted to them is never all there is.
 */
export async function undoAll(ctx: MemberContext, raw: unknown): Promise<{ id: string }> {
  demandWhole(ctx);
  const { days } = undoAllInput.parse(raw);
  const { tenantId, userId } = ctx.actor;
  const now = ctx.clock.now();
  const id = newId();
  const spanSeconds = (days * DAY) / SECOND;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const on = await tx.$queryRaw<{ accountId: string }[]>`
      SELECT DISTINCT c.account_id AS "accountId"
      FROM shields s JOIN shield_connections c ON c.tenant_id = s.tenant_id AND c.shield_id = s.id
      WHERE s.tenant_id = ${tenantId}::uuid AND s.state IN ('gathering', 'acting', 'holding') ORDER BY 1`;
    const accountIds = on.map(({ accountId }) => accountId);
    await lockRunning(tx, tenantId, accountIds);
    const shields = await tx.$queryRaw<{ id: string }[]>`
      UPDATE shields SET lift_order = ${id}::uuid, lift_from = ${now}, lift_seconds = ${spanSeconds}::int, paused_at = NULL,
             cancelled_at = coalesce(cancelled_at, ${now}), planned_at = coalesce(planned_at, ${now}),
             state = CASE WHEN state = 'gathering' THEN 'acting'::shield_state ELSE state END, waiting = NULL,
             wake_at = ${new Date(now.getTime() + MINUTE)}
      WHERE tenant_id = ${tenantId}::uuid AND state IN ('gathering', 'acting', 'holding') AND undone_at IS NULL
        AND lift_order IS NULL
      RETURNING id`;
    if (shields.length === 0) throw new Refusal('already_done');
    const shieldIds = shields.map((shield) => shield.id);
    await tx.$executeRaw`
      INSERT INTO undo_orders (tenant_id, id, created_by, created_at, span_seconds, held)
      SELECT ${tenantId}::uuid, ${id}::uuid, ${userId}::uuid, ${now}, ${spanSeconds}::int, coalesce(sum(c.done), 0)::int
      FROM shield_connections c WHERE c.tenant_id = ${tenantId}::uuid AND c.shield_id = ANY(${shieldIds}::uuid[])`;
    await enqueueMany(
      tx,
      unwindShieldJob,
      shieldIds.map((shieldId) => ({ tenantId, shieldId })),
    );
    await auditMember(tx, ctx, { action: 'undo.ordered', subjectId: tenantId });
    await tell(tx, tenantId, shieldIds, now);
    await wakeAccounts(tx, tenantId, accountIds, now);
  });
  return { id };
}

/** Calls an order off. What is held still stays until its time; nothing that was let go comes back, and nothing new is made. */
export async function callOff(ctx: MemberContext, raw: unknown): Promise<void> {
  demandWhole(ctx);
  const { id } = shieldInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const on = await tx.$queryRaw<{ accountId: string }[]>`
      SELECT DISTINCT c.account_id AS "accountId"
      FROM shields s JOIN shield_connections c ON c.tenant_id = s.tenant_id AND c.shield_id = s.id
      WHERE s.tenant_id = ${tenantId}::uuid AND s.lift_order = ${id}::uuid ORDER BY 1`;
    if (on.length === 0) throw new Refusal('not_found');
    await lockRunning(
      tx,
      tenantId,
      on.map(({ accountId }) => accountId),
    );
    const shields = await tx.$queryRaw<{ id: string }[]>`
      UPDATE shields SET lift_order = NULL, lift_from = NULL, lift_seconds = NULL
      WHERE tenant_id = ${tenantId}::uuid AND lift_order = ${id}::uuid AND state <> 'ended'
      RETURNING id`;
    if (shields.length === 0) throw new Refusal('already_done');
    await tx.undoOrder.update({ where: { tenantId_id: { tenantId, id } }, data: { calledOffAt: now } });
    await auditMember(tx, ctx, { action: 'undo.called_off', subjectId: tenantId });
    await tell(
      tx,
      tenantId,
      shields.map((shield) => shield.id),
      now,
    );
  });
}

/** The last order to undo everything, with how far it has come; null when there was none. */
export async function getOrder(ctx: MemberContext): Promise<OrderView | null> {
  demand(ctx, 'look');
  if (ctx.actor.role === 'helper') return null;
  const { tenantId } = ctx.actor;
  const [row] = await withTenant(
    ctx.prisma,
    tenantId,
    (tx) => tx.$queryRaw<(Omit<OrderView, 'until' | 'running'> & { spanSeconds: number; open: number })[]>`
      SELECT o.id, o.created_at AS "createdAt", o.span_seconds AS "spanSeconds", o.held, o.called_off_at AS "calledOffAt",
             coalesce(x.left, 0)::int AS left, coalesce(x.open, 0)::int AS open
      FROM undo_orders o
      LEFT JOIN LATERAL (
        SELECT sum(c.done) AS left, count(*) FILTER (WHERE s.state <> 'ended') AS open
        FROM shields s JOIN shield_connections c ON c.tenant_id = s.tenant_id AND c.shield_id = s.id
        WHERE s.tenant_id = o.tenant_id AND s.lift_order = o.id
      ) x ON true
      WHERE o.tenant_id = ${tenantId}::uuid ORDER BY o.created_at DESC, o.id DESC LIMIT 1`,
  );
  if (!row) return null;
  const { spanSeconds, open, ...order } = row;
  const until = new Date(order.createdAt.getTime() + spanSeconds * SECOND);
  return { ...order, until, running: open > 0 };
}

function demandWhole(ctx: MemberContext): void {
  demand(ctx, 'undo');
  if (ctx.actor.role === 'helper') throw new Refusal('not_allowed');
}

async function tell(tx: Tx, tenantId: string, shieldIds: string[], now: Date): Promise<void> {
  await record(
    tx,
    tenantId,
    now,
    shieldIds.map((subjectId) => ({ kind: 'shield', subjectId })),
  );
}
