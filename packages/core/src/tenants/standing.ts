import { Refusal } from '@secateur/base';
import { type SqlTx, type Tx, withTenant } from '@secateur/db';
import type { Actor, Context } from '../context/index.ts';
import type { Grant, Role, Standing } from './policy/index.ts';

/** A tenant as one of its members sees it from outside. */
export type Membership = {
  tenantId: string;
  role: Role;
  kind: 'personal' | 'organisation';
  name: string;
  suspended: boolean;
};

/** The tenants a user is a member of, oldest membership first. */
export async function tenantsOf(ctx: Context, userId: string): Promise<Membership[]> {
  return ctx.prisma.$queryRaw<Membership[]>`
    SELECT tenant_id AS "tenantId", role::text AS role, kind::text AS kind, name, suspended
    FROM across.tenants_of(${userId}::uuid)`;
}

/**
 * Who acts when this user calls: in `wanted` if they are a member there, else in the tenant they have been in for
 * longest. Null when they are in none.
 */
export async function actorOf(ctx: Context, userId: string, wanted: string | null): Promise<Actor | null> {
  const memberships = await tenantsOf(ctx, userId);
  const found = memberships.find(({ tenantId }) => tenantId === wanted) ?? memberships[0];
  if (!found) return null;
  const { tenantId, role, suspended } = found;
  return { tenantId, userId, role, suspended, grants: role === 'helper' ? await grantsOf(ctx, tenantId, userId) : [] };
}

/** The same for one tenant only. Throws the Refusal `not_allowed` when the user is no member of it. */
export async function memberOf(ctx: Context, userId: string, tenantId: string): Promise<Actor> {
  const actor = await actorOf(ctx, userId, tenantId);
  if (actor?.tenantId !== tenantId) throw new Refusal('not_allowed');
  return actor;
}

/** How a user stands in a tenant, as a transaction sees it, without a helper's grants; null when they are no member of it. */
export async function standingIn(tx: SqlTx, userId: string, tenantId: string): Promise<Standing | null> {
  const [found] = await tx.$queryRaw<Omit<Standing, 'grants'>[]>`
    SELECT role::text AS role, suspended FROM across.tenants_of(${userId}::uuid) WHERE tenant_id = ${tenantId}::uuid`;
  return found ? { ...found, grants: [] } : null;
}

/** Whether a user is a member of any tenant, as a transaction sees it. */
export async function isAnywhere(tx: Tx, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM across.tenants_of(${userId}::uuid) LIMIT 1`;
  return rows.length > 0;
}

async function grantsOf(ctx: Context, tenantId: string, userId: string): Promise<Grant[]> {
  return withTenant(ctx.prisma, tenantId, (tx) =>
    tx.grant.findMany({ where: { tenantId, userId }, select: { connectionId: true, verbs: true, expiresAt: true } }),
  );
}
