import { DAY, Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { type AppealView, listRef } from './schemas.ts';

/** An appeal that nobody answers is gone after that: words of a stranger's aren't kept for ever. */
export const WAITS = 30 * DAY;

/** Who asks to be taken off a list, oldest first, without their own words. */
export async function listAppeals(ctx: MemberContext, raw: unknown): Promise<AppealView[]> {
  demand(ctx, 'lists.end');
  const { id: listId } = listRef.parse(raw);
  const { tenantId } = ctx.actor;
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    if (!(await tx.sharedList.findUnique({ where: { tenantId_id: { tenantId, id: listId } } }))) {
      throw new Refusal('not_found');
    }
    return tx.$queryRaw<AppealView[]>`
      SELECT a.id, p.handle, a.reason::text AS reason, a.words IS NOT NULL AS wrote, a.came_at AS "cameAt"
      FROM appeals a JOIN profiles p ON p.id = a.profile_id
      WHERE a.tenant_id = ${tenantId}::uuid AND a.list_id = ${listId}::uuid AND a.answered_at IS NULL ORDER BY a.id`;
  });
}

/** What one of them wrote: shown to who asks for it, and to nobody else. */
export async function readAppeal(ctx: MemberContext, raw: unknown): Promise<{ words: string }> {
  demand(ctx, 'lists.end');
  const { id } = listRef.parse(raw);
  const { tenantId } = ctx.actor;
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const appeal = await tx.appeal.findUnique({ where: { tenantId_id: { tenantId, id } } });
    if (!appeal?.words) throw new Refusal('not_found');
    return { words: appeal.words };
  });
}
