import { MINUTE } from '@secateur/base';
import type { Tx } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { record } from '../events/index.ts';
import { countPreviewJob, planShieldJob } from './jobs.ts';

/**
 * Tells every preview and running shield that has this list that more are on it. One whose crowd was wholly planned plans
 * again from where it stopped; one that is over, or comes down, does not.
 */
export async function goOn(
  tx: Tx,
  { tenantId, uploadId }: { tenantId: string; uploadId: string },
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE shields x SET state = 'gathering', planned_at = NULL, wake_at = ${new Date(now.getTime() + MINUTE)}
    FROM sources s
    WHERE s.tenant_id = ${tenantId}::uuid AND s.upload_id = ${uploadId}::uuid AND x.tenant_id = s.tenant_id
      AND x.id = s.shield_id AND x.state IN ('acting', 'holding') AND x.cancelled_at IS NULL AND x.undone_at IS NULL`;
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
