import type { Tx } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { record } from '../events/index.ts';
import { countPreviewJob, planShieldJob } from '../shields/jobs.ts';

/** Tells the tenant's shields and previews that wait for a file that it goes on. */
export async function wakeShields(
  tx: Tx,
  { tenantId, uploadId }: { tenantId: string; uploadId: string },
  now: Date,
): Promise<void> {
  const waiting = await tx.$queryRaw<{ shieldId: string; state: string }[]>`
    SELECT x.id AS "shieldId", x.state::text AS state
    FROM sources s JOIN shields x ON x.tenant_id = s.tenant_id AND x.id = s.shield_id
    WHERE s.tenant_id = ${tenantId}::uuid AND s.upload_id = ${uploadId}::uuid AND x.state IN ('preview', 'gathering')`;
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
