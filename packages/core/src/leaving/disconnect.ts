import { MINUTE, Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { auditMember } from '../audit/index.ts';
import { forgetProof } from '../connections/index.ts';
import { disconnectInput, type Leaving } from '../connections/schemas.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { drainConnectionJob } from './jobs.ts';

/**
 * Disconnects an account. From now on nothing new is made on it; what it holds is lifted in its time, lifted now, or kept
 * for ever, as the member says. Until the last is lifted they may say otherwise.
 */
export async function disconnect(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'connections.leave');
  const { id, blocks } = disconnectInput.parse(raw);
  const { tenantId } = ctx.actor;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    await letGo(tx, tenantId, id, blocks, ctx.clock.now());
    await auditMember(tx, ctx, { action: `connection.left_${blocks}`, subjectId: id });
  });
}

/**
 * Begins to disconnect one account. Throws `not_found` for one that is gone already, and `being_moved` for one that whoever
 * owns it is moving away: what becomes of what it holds was theirs to say.
 */
export async function letGo(tx: Tx, tenantId: string, id: string, blocks: Leaving, now: Date): Promise<void> {
  // Credentials that no longer work still don't.
  const count = await tx.$executeRaw`
    UPDATE connections SET state = 'leaving', leaving = ${blocks}::leaving, wake_at = ${new Date(now.getTime() + MINUTE)},
           problem = CASE WHEN state IN ('revoked', 'leaving') THEN problem END
    WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid AND state IN ('ready', 'revoked', 'leaving')
      AND NOT (state = 'leaving' AND moved_at IS NOT NULL)`;
  // A password that is still looked at doesn't take it up again.
  await tx.renewal.deleteMany({ where: { tenantId, connectionId: id } });
  if (count === 0) await letGoOfNothing(tx, tenantId, id, now);
  await record(tx, tenantId, now, [{ kind: 'connection', subjectId: id }]);
  await enqueue(tx, drainConnectionJob, { tenantId, connectionId: id });
}

/** One that was never let in here holds nothing: its access is given back and erased at once. */
async function letGoOfNothing(tx: Tx, tenantId: string, id: string, now: Date): Promise<void> {
  const found = await tx.connection.findUnique({ where: { tenantId_id: { tenantId, id } } });
  if (!found || found.state === 'gone') throw new Refusal('not_found');
  if (found.state === 'leaving') throw new Refusal('being_moved');
  await forgetProof(tx, tenantId, id, now);
}
