import { MINUTE, Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { auditMember } from '../audit/index.ts';
import { forgetProof, moveConnectionJob, PROOF_LASTS } from '../connections/index.ts';
import { connectionInput, moveInput } from '../connections/schemas.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';

/**
 * Has an account moved here from wherever it is, for a member whose tenant has just proven to own it, and says what becomes
 * of what it holds there. Until it is here they may say otherwise. Throws `sign_in_stale` when the proof is too old.
 */
export async function moveHere(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'connections');
  const { id, blocks } = moveInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const state = await lock(tx, tenantId, id);
    if (state !== 'elsewhere' && state !== 'moving') throw new Refusal('not_found');
    const count = await tx.$executeRaw`
      UPDATE connections SET state = 'moving', leaving = ${blocks}::leaving, wake_at = ${new Date(now.getTime() + MINUTE)}
      WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid
        AND (state = 'moving' OR proven_at > ${new Date(now.getTime() - PROOF_LASTS)})`;
    if (count === 0) throw new Refusal('sign_in_stale');
    await auditMember(tx, ctx, { action: `connection.move_${blocks}`, subjectId: id });
    await record(tx, tenantId, now, [{ kind: 'connection', subjectId: id }]);
    await enqueue(tx, moveConnectionJob, { tenantId, connectionId: id });
  });
}

/** Leaves an account where it is. What was proven is given back and forgotten. */
export async function leaveThere(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'connections');
  const { id } = connectionInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    if ((await lock(tx, tenantId, id)) !== 'elsewhere') throw new Refusal('not_found');
    await forgetProof(tx, tenantId, id, now);
    await auditMember(tx, ctx, { action: 'connection.left_there', subjectId: id });
    await record(tx, tenantId, now, [{ kind: 'connection', subjectId: id }]);
  });
}

async function lock(tx: Tx, tenantId: string, id: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ state: string }[]>`
    SELECT state::text AS state FROM connections WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return row?.state ?? null;
}
