import { withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import type { ConnectionView } from './schemas.ts';

/** The tenant's connections, oldest first. Nothing sealed leaves the database here. */
export async function listConnections(ctx: MemberContext): Promise<ConnectionView[]> {
  const { tenantId } = ctx.actor;
  return withTenant(
    ctx.prisma,
    tenantId,
    (tx) =>
      tx.$queryRaw<ConnectionView[]>`
      SELECT c.id, c.network::text AS network, coalesce(p.handle, c.handle) AS handle, p.display_name AS "displayName",
             c.state::text AS state, c.problem, c.created_at AS "createdAt"
      FROM connections c LEFT JOIN profiles p ON p.id = c.account_id
      WHERE c.tenant_id = ${tenantId}::uuid ORDER BY c.created_at`,
  );
}
