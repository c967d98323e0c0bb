import { MINUTE, type Problem } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { auditSystem } from '../audit/index.ts';
import type { Leaving } from '../connections/schemas.ts';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { drainConnectionJob, remaining } from '../leaving/index.ts';
import { oweOwners } from '../notices/index.ts';
import { displaces } from './policy/index.ts';
import type { Ref } from './row.ts';

/** What the tenant that has the account needs to know of whoever proved to own it: not who they are. */
type Proof = { accountId: string; provenAt: Date; way: 'password' | 'oauth'; blocks: Leaving | null };

type Held = {
  accountId: string | null;
  state: string;
  way: 'password' | 'oauth';
  leaving: Leaving | null;
  confirmedAt: Date | null;
  movedAt: Date | null;
};

/**
 * Makes an account leave the tenant that has it, and tells its owners at once that whoever owns it moved it. Everything here is
 * inside that tenant. Returns how much it still holds, or why the proof doesn't do.
 */
export async function askToLeave(
  ctx: WorkerContext,
  { tenantId, connectionId }: Ref,
  proof: Proof,
): Promise<{ left: number } | { problem: Problem }> {
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const [held] = await tx.$queryRaw<Held[]>`
      SELECT account_id AS "accountId", state::text AS state, way::text AS way, leaving::text AS leaving,
             confirmed_at AS "confirmedAt", moved_at AS "movedAt" FROM connections
      WHERE tenant_id = ${tenantId}::uuid AND id = ${connectionId}::uuid AND account_id = ${proof.accountId}::uuid
        AND state IN ('ready', 'revoked', 'leaving') FOR UPDATE`;
    // Gone between two looks.
    if (!held) return { left: 0 };
    const verdict = displaces(proof, held);
    if (!verdict.allowed) return { problem: verdict.because };
    if (held.movedAt === null || held.leaving !== proof.blocks)
      await begin(tx, { tenantId, connectionId }, held, proof, now);
    const left = await remaining(tx, tenantId, proof.accountId);
    if (left === 0) await enqueue(tx, drainConnectionJob, { tenantId, connectionId });
    return { left };
  });
}

async function begin(tx: Tx, { tenantId, connectionId }: Ref, held: Held, { blocks }: Proof, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE connections SET state = 'leaving', leaving = ${blocks}::leaving, moved_at = coalesce(moved_at, ${now}),
           wake_at = ${new Date(now.getTime() + MINUTE)}
    WHERE tenant_id = ${tenantId}::uuid AND id = ${connectionId}::uuid`;
  if (held.movedAt === null) {
    await auditSystem(tx, tenantId, now, { action: 'connection.moving_away', subjectId: connectionId });
    await oweOwners(tx, tenantId, 'moved', now);
  }
  await record(tx, tenantId, now, [{ kind: 'connection', subjectId: connectionId }]);
  await enqueue(tx, drainConnectionJob, { tenantId, connectionId });
}
