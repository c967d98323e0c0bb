import type { SharedTx } from '@secateur/db';
import { enqueueMany } from '@secateur/queue';
import { lookAgainJob } from '../audiences/index.ts';
import { keepUpJob } from '../shields/index.ts';

/** Makes jobs for shields whose crowds are to be looked at again, and for looks whose job was lost. Returns how many. */
export async function wakeKeeping(tx: SharedTx, now: Date, most: number): Promise<number> {
  const keepings = await tx.$queryRaw<{ tenantId: string; shieldId: string }[]>`
    SELECT tenant_id AS "tenantId", shield_id AS "shieldId" FROM across.keepings_due(${now}, ${most}::int)`;
  const looks = await tx.$queryRaw<{ audienceId: string }[]>`
    UPDATE looks l SET wake_at = ${now}::timestamptz + interval '1 minute'
    FROM (SELECT x.audience_id FROM looks x WHERE x.wake_at <= ${now}
          ORDER BY x.wake_at LIMIT ${most}::int FOR UPDATE SKIP LOCKED) d
    WHERE l.audience_id = d.audience_id
    RETURNING l.audience_id AS "audienceId"`;
  await enqueueMany(tx, keepUpJob, keepings);
  await enqueueMany(tx, lookAgainJob, looks);
  return keepings.length + looks.length;
}
