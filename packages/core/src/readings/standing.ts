import { MINUTE, Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { isLeftOver, vanished } from '../effects/index.ts';
import { demand } from '../tenants/index.ts';
import { READ_EVERY, readableNow } from './policy/read-now.ts';
import { type StandingView, standingInput } from './schemas.ts';

type Row = Omit<StandingView, 'readable'>;

/** Milliseconds within which a reading that was begun is woken again: what is due later is not under way. */
const UNDER_WAY = 2 * MINUTE;

/**
 * What the network holds for a connection, as it was last read, beside what Secateur believes to hold: what of ours went without our
 * doing, what the owner made besides, and what of ours should be gone and is there. Writes nothing.
 */
export async function getStanding(ctx: MemberContext, raw: unknown): Promise<StandingView[]> {
  const { id } = standingInput.parse(raw);
  demand(ctx, 'look', [id]);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const connection = await tx.connection.findUnique({ where: { tenantId_id: { tenantId, id } } });
    if (!connection) throw new Refusal('not_found');
    const { accountId, network } = connection;
    if (accountId === null) return [];
    const ref = { tenantId, accountId };
    const rows = await tx.$queryRaw<Row[]>`
      SELECT k.action, r.read_at AS "readAt", r.problem, o.ours, o.undone, o.overdue, v.again, h.hand, h.both,
             coalesce(r.wake_at <= ${new Date(now.getTime() + UNDER_WAY)}, false) AND r.problem IS NULL AS reading
      FROM connections c
      CROSS JOIN (VALUES ('block', 'blocks'), ('mute', 'mutes')) AS k (action, kind)
      JOIN readings r ON r.tenant_id = c.tenant_id AND r.account_id = c.account_id AND r.kind = k.kind::reading_kind
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE e.state IN ('applied', 'lifting'))::int AS ours,
               count(*) FILTER (WHERE e.state = 'undone')::int AS undone,
               count(*) FILTER (WHERE ${isLeftOver(ref, now)})::int AS overdue
        FROM effects e WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = ${accountId}::uuid AND e.action = k.action::action
          AND (e.state IN ('applied', 'lifting') OR e.state = 'undone' AND e.confirmed_at IS NOT NULL)) o
      CROSS JOIN LATERAL (
        SELECT count(DISTINCT v.profile_id)::int AS again FROM ${vanished(ref, now)}
        WHERE v.action = k.action::action) v
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE NOT t.ours)::int AS hand, count(*) FILTER (WHERE t.ours)::int AS both
        FROM (
          SELECT EXISTS (SELECT FROM effects e WHERE e.tenant_id = m.tenant_id AND e.account_id = m.account_id
                           AND e.profile_id = m.profile_id AND e.action = m.action
                           AND e.state IN ('applied', 'lifting') OFFSET 0) AS ours
          FROM (SELECT DISTINCT x.tenant_id, x.account_id, x.profile_id, x.action FROM held_by_hand x
                WHERE x.tenant_id = ${tenantId}::uuid AND x.account_id = ${accountId}::uuid AND x.action = k.action::action) m
        ) t) h
      WHERE c.tenant_id = ${tenantId}::uuid AND c.id = ${id}::uuid AND c.state IN ('ready', 'revoked', 'leaving')
      ORDER BY k.action`;
    const before = now.getTime() - READ_EVERY;
    return rows.map((row) => ({
      ...row,
      readable: readableNow(network) && connection.state === 'ready' && (row.readAt?.getTime() ?? 0) <= before,
    }));
  });
}
