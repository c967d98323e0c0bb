import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { type StandingView, standingInput } from './schemas.ts';

/**
 * What the network holds for a connection, as it was last read, beside what Secateur believes to hold: whom the owner let go
 * by hand, whom they blocked besides, and what of ours is due to go and is there still. Writes nothing: what is ours is mended by its
 * account's own turn, what isn't is left alone.
 */
export async function getStanding(ctx: MemberContext, raw: unknown): Promise<StandingView[]> {
  const { id } = standingInput.parse(raw);
  demand(ctx, 'look', [id]);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const connection = await tx.connection.findUnique({ where: { tenantId_id: { tenantId, id } } });
    if (!connection) throw new Refusal('not_found');
    return tx.$queryRaw<StandingView[]>`
      SELECT k.action, r.read_at AS "readAt", r.problem, o.ours, o.undone, o.overdue, h.hand, h.both
      FROM connections c
      CROSS JOIN (VALUES ('block', 'blocks'), ('mute', 'mutes')) AS k (action, kind)
      JOIN readings r ON r.tenant_id = c.tenant_id AND r.account_id = c.account_id AND r.kind = k.kind::reading_kind
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE e.state IN ('applied', 'lifting'))::int AS ours,
               count(*) FILTER (WHERE e.state = 'undone')::int AS undone,
               count(*) FILTER (WHERE e.state = 'applied' AND e.due_at <= ${now})::int AS overdue
        FROM effects e WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = c.account_id AND e.action = k.action::action
          AND e.state IN ('applied', 'lifting', 'undone')) o
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE NOT t.ours)::int AS hand, count(*) FILTER (WHERE t.ours)::int AS both
        FROM (
          SELECT EXISTS (SELECT FROM effects e WHERE e.tenant_id = m.tenant_id AND e.account_id = m.account_id
                           AND e.profile_id = m.profile_id AND e.action = m.action
                           AND e.state IN ('applied', 'lifting') OFFSET 0) AS ours
          FROM (SELECT DISTINCT x.tenant_id, x.account_id, x.profile_id, x.action FROM held_by_hand x
                WHERE x.tenant_id = ${tenantId}::uuid AND x.account_id = c.account_id AND x.action = k.action::action) m
        ) t) h
      WHERE c.tenant_id = ${tenantId}::uuid AND c.id = ${id}::uuid AND c.state IN ('ready', 'revoked', 'leaving')
      ORDER BY k.action`;
  });
}
