import { newId } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { Context } from '../context/index.ts';

export type Role = 'owner' | 'admin' | 'helper' | 'viewer';

/** The tenants a user is a member of, oldest membership first. */
export async function tenantsOf(ctx: Context, userId: string): Promise<{ tenantId: string; role: Role }[]> {
  return ctx.prisma.$queryRaw<{ tenantId: string; role: Role }[]>`
    SELECT tenant_id AS "tenantId", role::text AS role FROM across.tenants_of(${userId}::uuid)`;
}

/** The user's first tenant; a personal one is made when there is none yet. */
export async function ensureTenant(ctx: Context, userId: string, name: string): Promise<string> {
  const [first] = await tenantsOf(ctx, userId);
  if (first) return first.tenantId;
  const tenantId = newId();
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    await tx.tenant.create({ data: { id: tenantId, name, createdAt: now } });
    await tx.member.create({ data: { tenantId, userId, role: 'owner', joinedAt: now } });
    await auditMember(tx, { ...ctx, actor: { tenantId, userId } }, { action: 'tenant.created', subjectId: tenantId });
  });
  return tenantId;
}
