import { MINUTE } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { type ReadingKind, readOwnJob } from './jobs.ts';

/** Marks a reading as wanted now and wakes a worker for it. One that is under way goes on. */
export async function beginReading(
  tx: SqlTx,
  tenantId: string,
  accountId: string,
  kind: ReadingKind,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO readings (tenant_id, account_id, kind, wake_at)
    VALUES (${tenantId}::uuid, ${accountId}::uuid, ${kind}::reading_kind, ${new Date(now.getTime() + MINUTE)})
    ON CONFLICT (tenant_id, account_id, kind) DO UPDATE SET wake_at = least(readings.wake_at, excluded.wake_at)`;
  await enqueue(tx, readOwnJob, { tenantId, accountId, kind });
}
