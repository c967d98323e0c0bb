import { DAY } from '@secateur/base';
import { withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { visible } from '../tenants/policy/index.ts';
import type { ConnectionView } from './schemas.ts';

/** For how long an account is shown that was moved away: nobody is to find it missing and not know why. */
const SHOWN = 30 * DAY;

/** The tenant's connections, oldest first; of a helper those of their grants. Nothing sealed leaves the database here. */
export async function listConnections(ctx: MemberContext): Promise<ConnectionView[]> {
  demand(ctx, 'look');
  const { tenantId } = ctx.actor;
  const shownSince = new Date(ctx.clock.now().getTime() - SHOWN);
  const only = visible(ctx.actor, ctx.clock.now());
  return withTenant(
    ctx.prisma,
    tenantId,
    (tx) =>
      tx.$queryRaw<ConnectionView[]>`
      SELECT c.id, c.network::text AS network, coalesce(p.handle, c.handle) AS handle, p.display_name AS "displayName",
             CASE WHEN c.state IN ('leaving', 'moving') THEN c.leaving::text END AS leaving, c.moved_at AS "movedAt",
             c.moving_left AS "movingLeft",
             CASE WHEN c.state = 'leaving' THEN (
               SELECT count(*)::int FROM effects e WHERE e.tenant_id = ${tenantId}::uuid AND e.account_id = c.account_id
                 AND e.state IN ('applied', 'lifting')) ELSE 0 END AS held,
             c.state::text AS state, c.problem, r.sealed IS NOT NULL AS renewing, r.problem AS "renewalProblem", c.way::text AS way, c.rights::text[] AS rights, c.broad, c.crowds::text[] AS crowds, c.ends_at AS "endsAt", c.created_at AS "createdAt", ${ctx.clock.now()}::timestamptz AS now
      FROM connections c LEFT JOIN profiles p ON p.id = c.account_id
        LEFT JOIN renewals r ON r.tenant_id = ${tenantId}::uuid AND r.connection_id = c.id
      WHERE c.tenant_id = ${tenantId}::uuid AND (c.state <> 'gone' OR c.moved_at > ${shownSince}::timestamptz)
        AND NOT (c.state = 'elsewhere' AND c.proven_at IS NULL) AND (${only === null}::boolean OR c.id = ANY(${only ?? []}::uuid[])) ORDER BY c.created_at`,
  );
}
