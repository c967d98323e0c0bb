import { withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { permitted } from '../tenants/policy/index.ts';
import { stageOf, timetable } from './policy/index.ts';
import type { DeletionBlocks, DeletionView } from './schemas.ts';

type Row = {
  askedAt: Date;
  blocks: DeletionBlocks;
  warnedAt: Date | null;
  accounts: number;
  held: number;
};

/** The deletion that was asked for in the tenant that somebody acts in; null when there is none. Any member may know. */
export async function viewDeletion(ctx: MemberContext): Promise<DeletionView | null> {
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  const [row] = await withTenant(
    ctx.prisma,
    tenantId,
    (tx) => tx.$queryRaw<Row[]>`
      SELECT d.asked_at AS "askedAt", d.blocks::text AS blocks, d.warned_at AS "warnedAt",
             (SELECT count(*)::int FROM connections c WHERE c.tenant_id = d.tenant_id AND c.state <> 'gone') AS accounts,
             (SELECT count(*)::int FROM connections c JOIN effects e ON e.tenant_id = c.tenant_id
                AND e.account_id = c.account_id AND e.state IN ('applied', 'lifting')
              WHERE c.tenant_id = d.tenant_id AND c.state = 'leaving') AS held
      FROM deletions d WHERE d.tenant_id = ${tenantId}::uuid`,
  );
  if (!row) return null;
  const { askedAt, blocks, warnedAt, accounts, held } = row;
  const { stage } = stageOf({ askedAt, warnedAt, shreddedAt: null, erasedAt: null, accounts }, now);
  const { leaveAt, keepAt, dueAt } = timetable(askedAt, warnedAt);
  return {
    askedAt,
    blocks,
    stage: stage === 'waits' ? 'waits' : 'leaves',
    leaveAt,
    dueAt,
    accounts,
    held,
    stuck: warnedAt && held > 0 ? { since: warnedAt, keepAt } : null,
    mine: permitted(ctx.actor, 'delete', [], now).allowed,
  };
}
