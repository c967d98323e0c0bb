import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import { beginReading } from '../connections/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { FAMILIAR, LISTS_FREELY } from '../exemptions/policy/index.ts';
import { demand } from '../tenants/index.ts';
import { permit } from './permit.ts';
import { shieldInput } from './schemas.ts';

/**
 * Has it found out who is followed by many of those whom a preview's accounts follow, where that costs nothing. What was found out
 * less than a week ago holds. Throws the Refusal `not_supported` where no account is on such a network.
 */
export async function lookForFriends(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'prepare');
  const { id } = shieldInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    await permit(tx, ctx, id, 'prepare');
    const shield = await tx.shield.findUnique({
      where: { tenantId_id: { tenantId, id } },
      include: { connections: { orderBy: { accountId: 'asc' } } },
    });
    if (shield?.state !== 'preview') throw new Refusal('not_found');
    const accounts = await tx.connection.findMany({
      where: { tenantId, id: { in: shield.connections.map((c) => c.connectionId) }, state: 'ready' },
      select: { accountId: true, network: true },
    });
    const asked = accounts.flatMap(({ accountId, network }) => (LISTS_FREELY[network] && accountId ? [accountId] : []));
    if (asked.length === 0) throw new Refusal('not_supported');
    const since = new Date(now.getTime() - FAMILIAR.kept);
    for (const accountId of asked.sort()) {
      const where = { tenantId, accountId, kind: 'familiar' as const };
      if (await tx.reading.findFirst({ where: { ...where, readAt: { gt: since } } })) continue;
      await tx.reading.updateMany({ where, data: { readAt: null } });
      await beginReading(tx, tenantId, accountId, 'familiar', now);
    }
    await auditMember(tx, ctx, { action: 'preview.friends', subjectId: id });
    await record(tx, tenantId, now, [{ kind: 'shield', subjectId: id }]);
  });
}
