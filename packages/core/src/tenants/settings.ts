import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { Context, MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from './demand.ts';
import { foundOrganisation } from './found.ts';
import { grantViews } from './grants.ts';
import { organisationInput, renameInput, type TenantView, wishesInput } from './schemas.ts';
import { tenantsOf } from './standing.ts';

/** The tenant that somebody acts in, as its pages show it. Any member may ask: it is theirs. */
export async function getTenant(ctx: MemberContext): Promise<TenantView> {
  const { tenantId, userId, role, suspended } = ctx.actor;
  const memberships = await tenantsOf(ctx, userId);
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const { kind, name, wishes } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    const grants = role === 'helper' ? await grantViews(tx, { tenantId, userId }, ctx.clock.now()) : [];
    return {
      tenantId,
      kind,
      name,
      wishes,
      suspended,
      role,
      grants: grants.filter(({ live }) => live).map(({ userId: _, ...grant }) => grant),
      others: memberships
        .filter((one) => one.tenantId !== tenantId)
        .map((one) => ({ tenantId: one.tenantId, name: one.name, role: one.role })),
    };
  });
}

/** Makes an organisation that the user owns. Their personal tenant stays as it is. */
export async function createOrganisation(ctx: Context, userId: string, raw: unknown): Promise<{ tenantId: string }> {
  const { name } = organisationInput.parse(raw);
  const { tenantId } = await foundOrganisation(ctx, userId, name);
  return { tenantId };
}

/** Gives the tenant another name. */
export async function rename(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'members');
  const { name } = renameInput.parse(raw);
  const { tenantId } = ctx.actor;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    await tx.tenant.update({ where: { id: tenantId }, data: { name } });
    await auditMember(tx, ctx, { action: 'tenant.renamed', subjectId: tenantId });
    await record(tx, tenantId, ctx.clock.now(), [{ kind: 'tenant', subjectId: tenantId }]);
  });
}

/** Writes down what helpers are to know and to keep to. It stands above their work. */
export async function writeWishes(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'members.look');
  const { wishes } = wishesInput.parse(raw);
  const { tenantId } = ctx.actor;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    await tx.tenant.update({ where: { id: tenantId }, data: { wishes } });
    await auditMember(tx, ctx, { action: 'wishes.written', subjectId: tenantId });
    await record(tx, tenantId, ctx.clock.now(), [{ kind: 'tenant', subjectId: tenantId }]);
  });
}
