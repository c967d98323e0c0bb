import type { Problem } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { done, type Outcome, snooze } from '@secateur/queue';
import { auditSystem } from '../audit/index.ts';
import { giveBack, PROOF_LASTS } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import type { Ref, Row } from './row.ts';

/**
 * Gives a proof back and erases it: because nobody made use of it in time or it comes too late (`problem`), or because the
 * member said so, and then the connection is gone.
 */
export async function forget(ctx: WorkerContext, ref: Ref, row: Row, problem?: Problem): Promise<Outcome> {
  const now = ctx.clock.now();
  const wanted = row.provenAt !== null;
  if (!problem && row.provenAt !== null && now.getTime() < row.provenAt.getTime() + PROOF_LASTS) return snooze('asked');
  await giveBack(ctx, ref.tenantId, ref.connectionId);
  const { tenantId, connectionId: id } = ref;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const { count } = await tx.connection.updateMany({
      where: { tenantId, id, state: problem ? 'moving' : 'elsewhere', version: row.version },
      data: {
        state: wanted ? 'refused' : 'gone',
        problem: wanted ? (problem ?? 'connection_elsewhere') : null,
        goneAt: wanted ? null : now,
        sealed: null,
        version: { increment: 1 },
        provenAt: null,
        movingLeft: null,
        leaving: null,
        wakeAt: null,
        tendAt: null,
      },
    });
    if (count === 0) return;
    await auditSystem(tx, tenantId, now, { action: wanted ? 'connection.refused' : 'connection.gone', subjectId: id });
    await record(tx, tenantId, now, [{ kind: 'connection', subjectId: id }]);
  });
  return done();
}
