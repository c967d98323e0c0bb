import { Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { visible } from '../tenants/policy/index.ts';
import { type AllowedView, allowInput, allowSomeInput } from './schemas.ts';

/**
 * Puts somebody on the tenant's allow list: no shield hits them from now on. Blocks that stand already stay. Throws
 * `not_found` for whoever this tenant has not met, known here or not.
 */
export async function allow(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'people');
  const { profileId } = allowInput.parse(raw);
  await withTenant(ctx.prisma, ctx.actor.tenantId, (tx) => add(tx, ctx, profileId));
}

/** The same for some people at once: all of them, or nobody where one is not there for this tenant. */
export async function allowSome(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'people');
  const { profileIds } = allowSomeInput.parse(raw);
  await withTenant(ctx.prisma, ctx.actor.tenantId, async (tx) => {
    for (const profileId of [...new Set(profileIds)].sort()) await add(tx, ctx, profileId);
  });
}

async function add(tx: Tx, ctx: MemberContext, profileId: string): Promise<void> {
  const { tenantId, userId } = ctx.actor;
  if (!(await hasMet(tx, tenantId, profileId))) throw new Refusal('not_found');
  const addedAt = ctx.clock.now();
  const { count } = await tx.exemption.createMany({
    data: [{ tenantId, profileId, addedBy: userId, addedAt }],
    skipDuplicates: true,
  });
  if (count > 0) await auditMember(tx, ctx, { action: 'exemption.added', subjectId: profileId });
}

/** Takes somebody off the allow list. */
export async function disallow(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'people');
  const { profileId } = allowInput.parse(raw);
  const { tenantId } = ctx.actor;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const { count } = await tx.exemption.deleteMany({ where: { tenantId, profileId } });
    if (count > 0) await auditMember(tx, ctx, { action: 'exemption.removed', subjectId: profileId });
  });
}

/** The allow list, newest first. It is the whole tenant's, so no helper's grant reaches it. */
export async function listAllowed(ctx: MemberContext): Promise<AllowedView[]> {
  demand(ctx, 'look');
  if (visible(ctx.actor, ctx.clock.now()) !== null) throw new Refusal('not_allowed');
  const { tenantId } = ctx.actor;
  return withTenant(
    ctx.prisma,
    tenantId,
    (tx) =>
      tx.$queryRaw<AllowedView[]>`
      SELECT e.profile_id AS "profileId", p.handle, p.display_name AS "displayName", e.added_at AS "addedAt"
      FROM exemptions e JOIN profiles p ON p.id = e.profile_id
      WHERE e.tenant_id = ${tenantId}::uuid ORDER BY e.added_at DESC`,
  );
}

/**
 * Whether a profile is one of the tenant's own people, or was in a crowd that it had listed. A profile's id can be computed
 * by anybody: if all that are known were taken, harassers could ask which of their accounts somebody shields against.
 */
async function hasMet(tx: Tx, tenantId: string, profileId: string): Promise<boolean> {
  const met = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM network_accounts a JOIN people p ON p.tenant_id = a.tenant_id AND p.account_id = a.account_id
    WHERE a.tenant_id = ${tenantId}::uuid AND p.profile_id = ${profileId}::uuid
    UNION ALL
    SELECT 1 FROM network_accounts a JOIN targets t ON t.tenant_id = a.tenant_id AND t.account_id = a.account_id
    WHERE a.tenant_id = ${tenantId}::uuid AND t.profile_id = ${profileId}::uuid
    UNION ALL
    SELECT 1 FROM sources s JOIN crowd_members m ON m.crowd_id = coalesce(s.audience_id, s.upload_id)
    LEFT JOIN audiences a ON a.id = s.audience_id
    WHERE s.tenant_id = ${tenantId}::uuid AND m.profile_id = ${profileId}::uuid
      AND m.seq < coalesce(greatest(a.listed_size, CASE WHEN a.listed_size IS NOT NULL THEN s.planned_to END), 2147483647)
    UNION ALL
    SELECT 1 FROM sources s WHERE s.tenant_id = ${tenantId}::uuid AND s.subject_id = ${profileId}::uuid
    LIMIT 1`;
  return met.length > 0;
}
