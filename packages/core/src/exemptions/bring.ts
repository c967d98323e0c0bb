import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { requireTheirs } from '../uploads/index.ts';
import { type Brought, bringInput, MOST_ALLOWED } from './schemas.ts';

/**
 * Puts everybody of a file that was brought on the allow list, as far as its lines have been looked up. Doing it again adds
 * those found since. Throws the Refusals `not_found`, and `allow_list_full` with nothing added.
 */
export async function bringAllowed(ctx: MemberContext, raw: unknown): Promise<Brought> {
  demand(ctx, 'people');
  const { uploadId } = bringInput.parse(raw);
  const { tenantId, userId } = ctx.actor;
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const upload = await requireTheirs(tx, ctx, uploadId);
    const added = await tx.$executeRaw`
      INSERT INTO exemptions (tenant_id, profile_id, added_by, added_at)
      SELECT ${tenantId}::uuid, m.profile_id, ${userId}::uuid, ${ctx.clock.now()}::timestamptz
      FROM upload_members m WHERE m.tenant_id = ${tenantId}::uuid AND m.upload_id = ${uploadId}::uuid
      ORDER BY m.profile_id
      ON CONFLICT (tenant_id, profile_id) DO NOTHING`;
    const all = await tx.exemption.count({ where: { tenantId } });
    if (all > MOST_ALLOWED) throw new Refusal('allow_list_full', { most: MOST_ALLOWED });
    if (added > 0) await auditMember(tx, ctx, { action: 'exemption.brought', subjectId: uploadId, count: added });
    return { added, again: upload.size - added };
  });
}
