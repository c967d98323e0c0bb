import { MINUTE } from '@secateur/base';
import type { Tx } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { record } from '../events/index.ts';
import { countPreviewJob, planShieldJob } from './jobs.ts';
import { firstLift } from './lifts.ts';

/**
 * Tells every preview and running shield that has this list that more are on it. One whose crowd was wholly planned plans
 * again from where it stopped; one that is over, comes down, or whose first targets had their time, does not: were it to, a
 * list that keeps growing would keep it for ever.
 */
export async function goOn(
  tx: Tx,
  { tenantId, uploadId }: { tenantId: string; uploadId: string },
  now: Date,
): Promise<void> {
  await tx.$queryRaw`
    SELECT x.id FROM shields x
    WHERE x.tenant_id = ${tenantId}::uuid AND x.state IN ('acting', 'holding')
      AND x.id IN (SELECT s.shield_id FROM sources s WHERE s.tenant_id = ${tenantId}::uuid AND s.upload_id = ${uploadId}::uuid)
    ORDER BY x.id FOR UPDATE`;
  const running = await tx.shield.findMany({
    where: {
      tenantId,
      sources: { some: { uploadId } },
      state: { in: ['acting', 'holding'] },
      cancelledAt: null,
      undoneAt: null,
    },
    include: { connections: true },
  });
  const going = running.filter((shield) => {
    const until = firstLift(shield);
    return until === null || until > now;
  });
  await tx.shield.updateMany({
    where: { tenantId, id: { in: going.map(({ id }) => id) } },
    data: { state: 'gathering', plannedAt: null, wakeAt: new Date(now.getTime() + MINUTE) },
  });
  const waiting = await tx.$queryRaw<{ shieldId: string; state: string }[]>`
    SELECT DISTINCT x.id AS "shieldId", x.state::text AS state
    FROM sources s JOIN shields x ON x.tenant_id = s.tenant_id AND x.id = s.shield_id
    WHERE s.tenant_id = ${tenantId}::uuid AND s.upload_id = ${uploadId}::uuid AND x.state IN ('preview', 'gathering')
    ORDER BY 1`;
  for (const { shieldId, state } of waiting) {
    await enqueue(tx, state === 'gathering' ? planShieldJob : countPreviewJob, { tenantId, shieldId });
  }
  await record(
    tx,
    tenantId,
    now,
    waiting.map(({ shieldId: subjectId }) => ({ kind: 'shield', subjectId })),
  );
}
