import { MINUTE, Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { actionsOf } from '../exemptions/policy/index.ts';
import { holdTokens } from '../quotas/index.ts';
import { demand } from '../tenants/index.ts';
import { estimate } from './estimate.ts';
import { planShieldJob } from './jobs.ts';
import { permit } from './permit.ts';
import { KEEP_EVERY } from './policy/index.ts';
import { requireRight } from './preview.ts';
import { shieldInput } from './schemas.ts';

/**
 * Raises a shield from its preview: holds tokens for what the preview estimated, as far as there are any, and wakes the
 * plan. Raising twice raises once.
 */
export async function raise(ctx: MemberContext, raw: unknown): Promise<{ id: string }> {
  demand(ctx, 'run');
  const { id } = shieldInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    await permit(tx, ctx, id, 'run');
    await tx.$executeRaw`SELECT id FROM shields WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
    const shield = await tx.shield.findUnique({
      where: { tenantId_id: { tenantId, id } },
      include: { sources: true, connections: { orderBy: { accountId: 'asc' } } },
    });
    if (!shield || shield.state === 'discarded') throw new Refusal('not_found');
    if (shield.state !== 'preview') return { id };
    if (shield.problem === 'crowd_too_large') throw new Refusal('crowd_too_large');
    if (shield.sources.some((s) => s.problem !== null || (s.audienceId ?? s.uploadId) === null))
      throw new Refusal('invalid_input', { field: 'query' });
    const ready = await tx.connection.findMany({
      where: { tenantId, id: { in: shield.connections.map((c) => c.connectionId) }, state: 'ready' },
    });
    if (ready.length !== shield.connections.length) throw new Refusal('connection_revoked');
    for (const action of actionsOf(shield, shield.action)) requireRight(ready, action);
    for (const { accountId, connectionId } of shield.connections) {
      const network = ready.find((c) => c.id === connectionId)?.network;
      if (!network) continue;
      const needed = await estimate(tx, shield, { accountId, network }, now);
      const held = await holdTokens(tx, { tenantId, accountId }, needed, now);
      await tx.shieldConnection.update({
        where: { tenantId_shieldId_accountId: { tenantId, shieldId: id, accountId } },
        data: { tokensHeld: held },
      });
    }
    // What the preview counted is planned from its beginning.
    await tx.source.updateMany({ where: { tenantId, shieldId: id }, data: { plannedTo: 0, meant: 0 } });
    await tx.shield.update({
      where: { tenantId_id: { tenantId, id } },
      data: { state: 'gathering', raisedAt: now, wakeAt: new Date(now.getTime() + MINUTE), tries: 0 },
    });
    await tx.keeping.updateMany({
      where: { tenantId, shieldId: id },
      data: { wakeAt: new Date(now.getTime() + KEEP_EVERY) },
    });
    await auditMember(tx, ctx, { action: 'shield.raised', subjectId: id });
    await record(tx, tenantId, now, [{ kind: 'shield', subjectId: id }]);
    await enqueue(tx, planShieldJob, { tenantId, shieldId: id });
    return { id };
  });
}
