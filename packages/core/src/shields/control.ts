import { MINUTE, Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { type AuditAction, auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { lockRunning, wakeAccounts } from '../effects/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import type { Permission } from '../tenants/policy/index.ts';
import { accountsOf } from './accounts.ts';
import { adopt, takeOver } from './adopt.ts';
import { planShieldJob, unwindShieldJob } from './jobs.ts';
import { permit } from './permit.ts';
import { HOLDS } from './policy/index.ts';
import { extendInput, shieldInput, targetInput } from './schemas.ts';

type Shield = {
  id: string;
  state: string;
  pausedAt: Date | null;
  cancelledAt: Date | null;
  undoneAt: Date | null;
  /** It is under an order to undo everything. */
  ordered: boolean;
  accountIds: string[];
};

/** Stops making new effects until it is resumed. What it holds runs its time. */
export async function pause(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'undo');
  await change(ctx, shieldInput.parse(raw).id, 'undo', 'shield.paused', async (tx, shield, now) => {
    if (shield.pausedAt) return;
    await tx.shield.update({ where: keyOf(ctx, shield), data: { pausedAt: now } });
    await adopt(tx, ctx.actor.tenantId, shield.id, 'paused');
    await wakeAccounts(tx, ctx.actor.tenantId, shield.accountIds, now);
  });
}

/** Goes on where it was paused. */
export async function resume(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'run');
  await change(ctx, shieldInput.parse(raw).id, 'run', 'shield.resumed', async (tx, shield, now) => {
    if (shield.ordered) throw new Refusal('already_done');
    await tx.shield.update({
      where: keyOf(ctx, shield),
      data: { pausedAt: null, ...(shield.state === 'gathering' ? { wakeAt: new Date(now.getTime() + MINUTE) } : {}) },
    });
    await takeOver(tx, ctx.actor.tenantId, shield.id);
    if (shield.state === 'gathering')
      await enqueue(tx, planShieldJob, { tenantId: ctx.actor.tenantId, shieldId: shield.id });
    await wakeAccounts(tx, ctx.actor.tenantId, shield.accountIds, now);
  });
}

/**
 * Sets a new length for every target, counted from its confirmation as before. Longer ones are noticed when the old end
 * comes; for shorter ones every end is looked at anew.
 */
export async function extend(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'run');
  const input = extendInput.parse(raw);
  await change(ctx, input.id, 'run', 'shield.extended', async (tx, shield, now) => {
    if ((shield.cancelledAt && shield.undoneAt) || shield.ordered) throw new Refusal('already_done');
    await tx.shield.update({ where: keyOf(ctx, shield), data: { holdSeconds: HOLDS[input.hold], endsAt: null } });
    await lookAgain(tx, ctx.actor.tenantId, shield.id, now);
    await wakeAccounts(tx, ctx.actor.tenantId, shield.accountIds, now);
  });
}

/** Makes nothing new from now on. What is done stays until its time. */
export async function cancel(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'undo');
  await change(ctx, shieldInput.parse(raw).id, 'undo', 'shield.cancelled', async (tx, shield, now) => {
    if (shield.cancelledAt || shield.undoneAt) return;
    await end(tx, ctx, shield, now, { cancelledAt: now });
  });
}

/** Lifts everything that this shield made and no other covers. Costs no tokens. */
export async function undo(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'undo');
  await change(ctx, shieldInput.parse(raw).id, 'undo', 'shield.undone', async (tx, shield, now) => {
    if (shield.undoneAt) return;
    await end(tx, ctx, shield, now, { undoneAt: now });
  });
}

/** Lifts one target of a shield, if no other shield covers it. */
export async function undoTarget(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'undo');
  const input = targetInput.parse(raw);
  const { tenantId } = ctx.actor;
  await change(ctx, input.id, 'undo', 'target.undone', async (tx, shield, now) => {
    const [target] = await tx.$queryRaw<{ action: string }[]>`
      UPDATE targets SET reason = 'undone_one'
      WHERE tenant_id = ${tenantId}::uuid AND shield_id = ${shield.id}::uuid AND account_id = ${input.accountId}::uuid
        AND profile_id = ${input.profileId}::uuid AND state = 'covering'
      RETURNING action::text AS action`;
    if (!target) throw new Refusal('already_done');
    await tx.$executeRaw`
      UPDATE effects SET due_at = ${now}
      WHERE tenant_id = ${tenantId}::uuid AND account_id = ${input.accountId}::uuid AND profile_id = ${input.profileId}::uuid
        AND action = ${target.action}::action AND state = 'applied'`;
    await enqueue(tx, unwindShieldJob, { tenantId, shieldId: shield.id });
    await wakeAccounts(tx, tenantId, [input.accountId], now);
  });
}

async function end(
  tx: Tx,
  ctx: MemberContext,
  shield: Shield,
  now: Date,
  how: { cancelledAt: Date } | { undoneAt: Date },
): Promise<void> {
  const { tenantId } = ctx.actor;
  await tx.shield.update({
    where: keyOf(ctx, shield),
    data: {
      ...how,
      state: 'undoneAt' in how ? 'lifting' : shield.state === 'gathering' ? 'acting' : undefined,
      // Nothing of its crowd is planned any more, so what is planned is all of it.
      ...(shield.state === 'gathering' ? { plannedAt: now } : {}),
      waiting: null,
      wakeAt: new Date(now.getTime() + MINUTE),
    },
  });
  await enqueue(tx, unwindShieldJob, { tenantId, shieldId: shield.id });
}

/** Every applied effect of the shield is judged anew as soon as its account has its turn. */
async function lookAgain(tx: Tx, tenantId: string, shieldId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE effects e SET due_at = ${now}
    FROM targets t
    WHERE t.tenant_id = ${tenantId}::uuid AND t.shield_id = ${shieldId}::uuid AND t.state = 'covering'
      AND e.tenant_id = t.tenant_id AND e.account_id = t.account_id AND e.profile_id = t.profile_id AND e.action = t.action
      AND e.state = 'applied'`;
}

/** Runs `work` on a running shield, locked, with its audit row and event. */
async function change(
  ctx: MemberContext,
  id: string,
  permission: Permission,
  action: AuditAction,
  work: (tx: Tx, shield: Shield, now: Date) => Promise<void>,
): Promise<void> {
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    await permit(tx, ctx, id, permission);
    await lockRunning(tx, tenantId, await accountsOf(tx, tenantId, id));
    const [row] = await tx.$queryRaw<Shield[]>`
      SELECT s.id, s.state::text AS state, s.paused_at AS "pausedAt", s.cancelled_at AS "cancelledAt", s.undone_at AS "undoneAt",
             s.lift_order IS NOT NULL AS ordered,
             ARRAY(SELECT c.account_id::text FROM shield_connections c WHERE c.tenant_id = s.tenant_id AND c.shield_id = s.id
                   ORDER BY 1) AS "accountIds"
      FROM shields s WHERE s.tenant_id = ${tenantId}::uuid AND s.id = ${id}::uuid FOR UPDATE`;
    if (!row || row.state === 'preview' || row.state === 'discarded') throw new Refusal('not_found');
    if (row.state === 'ended') throw new Refusal('already_done');
    await work(tx, row, now);
    await auditMember(tx, ctx, { action, subjectId: id });
    await record(tx, tenantId, now, [{ kind: 'shield', subjectId: id }]);
  });
}

function keyOf(ctx: MemberContext, shield: Shield) {
  return { tenantId_id: { tenantId: ctx.actor.tenantId, id: shield.id } };
}
