import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { coverEnd } from '../effects/policy/index.ts';
import { demand } from '../tenants/index.ts';
import { permit } from './permit.ts';
import { outcomeOf } from './policy/index.ts';
import { type SpareReason, type TargetPage, targetsInput } from './schemas.ts';

/** Targets on one page. */
const PAGE = 50;

type Row = {
  profileId: string;
  accountId: string;
  handle: string;
  displayName: string | null;
  state: string;
  reason: string | null;
  action: 'block' | 'mute';
  weakened: SpareReason | null;
  coveredAt: Date | null;
  effectState: string | null;
  confirmedAt: Date | null;
  problem: string | null;
};

/** One page of a shield's targets, each with what became of it and why. */
export async function listTargets(ctx: MemberContext, raw: unknown): Promise<TargetPage> {
  demand(ctx, 'look');
  const { id, filter, after } = targetsInput.parse(raw);
  const { tenantId } = ctx.actor;
  const nowhere = '00000000-0000-0000-0000-000000000000';
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    await permit(tx, ctx, id, 'look');
    const shield = await tx.shield.findUnique({ where: { tenantId_id: { tenantId, id } } });
    if (!shield) throw new Refusal('not_found');
    const rows = await tx.$queryRaw<Row[]>`
      SELECT t.profile_id AS "profileId", t.account_id AS "accountId", p.handle, p.display_name AS "displayName",
             t.state::text AS state, t.reason::text AS reason, t.action::text AS action, t.weakened::text AS weakened, t.covered_at AS "coveredAt", e.state::text AS "effectState",
             e.confirmed_at AS "confirmedAt", e.problem
      FROM targets t
      JOIN profiles p ON p.id = t.profile_id
      LEFT JOIN effects e ON e.tenant_id = t.tenant_id AND e.account_id = t.account_id AND e.profile_id = t.profile_id
        AND e.action = t.action
      WHERE t.tenant_id = ${tenantId}::uuid AND t.shield_id = ${id}::uuid
        AND (${filter === 'all'}::boolean OR t.state = 'spared')
        AND (t.profile_id, t.account_id) > (${after?.profileId ?? nowhere}::uuid, ${after?.accountId ?? nowhere}::uuid)
      ORDER BY t.profile_id, t.account_id LIMIT ${PAGE + 1}`;
    const items = rows.slice(0, PAGE).map((row) => {
      const outcome = outcomeOf(row, row.effectState === null ? null : { state: row.effectState }, shield);
      const held = outcome === 'done' && row.confirmedAt !== null;
      const cover = { ...shield, shieldId: id, endedFor: row.reason, coveredAt: row.coveredAt };
      return {
        profileId: row.profileId,
        accountId: row.accountId,
        handle: row.handle,
        displayName: row.displayName,
        outcome,
        action: row.action,
        weakened: row.weakened,
        reason: row.reason ?? (outcome === 'failed' || outcome === 'done' ? row.problem : null),
        confirmedAt: held ? row.confirmedAt : null,
        liftAt: held && row.confirmedAt ? (coverEnd(cover, row.profileId, row.confirmedAt)?.at ?? null) : null,
      };
    });
    const last = items.at(-1);
    return {
      items,
      next: rows.length > PAGE && last ? { profileId: last.profileId, accountId: last.accountId } : null,
    };
  });
}
