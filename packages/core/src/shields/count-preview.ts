import { withTenant } from '@secateur/db';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { choose } from './choose.ts';
import { crowdsOf } from './crowds.ts';
import { countPreviewJob } from './jobs.ts';
import { moveTo } from './move-to.ts';

/** Members of a crowd that are counted in one transaction. */
const STEP = 10_000;

/**
 * Counts on in whom a preview of several crowds means, as far as they are listed: the way the plan goes, so that the two never
 * differ, and each member once.
 */
export async function countPreview(ctx: WorkerContext, ref: { tenantId: string; shieldId: string }): Promise<Outcome> {
  return withTenant(ctx.prisma, ref.tenantId, async (tx) => {
    await tx.$executeRaw`
      SELECT id FROM shields WHERE tenant_id = ${ref.tenantId}::uuid AND id = ${ref.shieldId}::uuid FOR UPDATE`;
    const shield = await tx.shield.findUnique({
      where: { tenantId_id: { tenantId: ref.tenantId, id: ref.shieldId } },
      include: { sources: { orderBy: { ordinal: 'asc' } } },
    });
    if (shield?.state !== 'preview') return drop('no_such_preview');
    const crowds = await crowdsOf(tx, ref.tenantId, shield.sources);
    const next = crowds.find(({ source, size }) => source.plannedTo < size);
    if (!next) {
      // Whatever is listed later wakes it again.
      if (crowds.length === shield.sources.length && crowds.every((c) => c.complete)) {
        await tx.shield.updateMany({ where: { tenantId: ref.tenantId, id: ref.shieldId }, data: { wakeAt: null } });
      }
      return done();
    }
    const to = Math.min(next.size, next.source.plannedTo + STEP);
    const meant = await choose(tx, next, { among: crowds, threshold: shield.threshold, to });
    await moveTo(tx, ref, next.source, to, meant.length);
    await record(tx, ref.tenantId, ctx.clock.now(), [{ kind: 'shield', subjectId: ref.shieldId }]);
    await enqueue(tx, countPreviewJob, ref);
    return snooze('more_to_count');
  });
}
