import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { enqueueMany } from '@secateur/queue';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { lockRunning, wakeAccounts } from '../effects/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { unwindShieldJob } from './jobs.ts';
import { permit } from './permit.ts';
import { undoSomeInput } from './schemas.ts';

/**
 * Undoes targets that were chosen, of however many shields: each is lifted unless another shield covers it. Costs no tokens.
 * Returns how many there were left to undo; throws the Refusal `already_done` when there was none.
 */
export async function undoSome(ctx: MemberContext, raw: unknown): Promise<{ count: number }> {
  demand(ctx, 'undo');
  const { targets } = undoSomeInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  const shieldIds = [...new Set(targets.map(({ shieldId }) => shieldId))].sort();
  const accountIds = [...new Set(targets.map(({ accountId }) => accountId))].sort();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    for (const id of shieldIds) await permit(tx, ctx, id, 'undo');
    await lockRunning(tx, tenantId, accountIds);
    const marked = await tx.$queryRaw<{ shieldId: string; accountId: string; profileId: string; action: string }[]>`
      UPDATE targets t SET reason = 'undone_one'
      FROM unnest(${targets.map((t) => t.shieldId)}::uuid[], ${targets.map((t) => t.accountId)}::uuid[],
                  ${targets.map((t) => t.profileId)}::uuid[], ${targets.map((t) => t.action)}::text[])
             AS x (shield_id, account_id, profile_id, action),
           shields s
      WHERE t.tenant_id = ${tenantId}::uuid AND t.account_id = x.account_id AND t.profile_id = x.profile_id
        AND t.action = x.action::action AND t.shield_id = x.shield_id AND t.state = 'covering' AND t.reason IS NULL
        AND s.tenant_id = t.tenant_id AND s.id = t.shield_id AND s.state IN ('gathering', 'acting', 'holding', 'lifting')
      RETURNING t.shield_id AS "shieldId", t.account_id AS "accountId", t.profile_id AS "profileId", t.action::text AS action`;
    if (marked.length === 0) {
      const there = await tx.shield.count({ where: { tenantId, id: { in: shieldIds } } });
      throw new Refusal(there === 0 ? 'not_found' : 'already_done');
    }
    await tx.$executeRaw`
      UPDATE effects e SET due_at = ${now}
      FROM unnest(${marked.map((m) => m.accountId)}::uuid[], ${marked.map((m) => m.profileId)}::uuid[],
                  ${marked.map((m) => m.action)}::text[]) AS x (account_id, profile_id, action)
      WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = x.account_id AND e.profile_id = x.profile_id
        AND e.action = x.action::action AND e.state = 'applied'`;
    const touched = Map.groupBy(marked, ({ shieldId }) => shieldId);
    for (const [shieldId, { length: count }] of touched)
      await auditMember(tx, ctx, { action: 'targets.undone', subjectId: shieldId, count });
    await enqueueMany(
      tx,
      unwindShieldJob,
      [...touched.keys()].map((shieldId) => ({ tenantId, shieldId })),
    );
    await record(
      tx,
      tenantId,
      now,
      [...touched.keys()].map((subjectId) => ({ kind: 'shield', subjectId })),
    );
    await wakeAccounts(tx, tenantId, accountIds, now);
    return { count: marked.length };
  });
}
