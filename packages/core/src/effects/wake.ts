import { MINUTE } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import { enqueueMany } from '@secateur/queue';
import { actJob } from './jobs.ts';

/** Wakes a worker for these accounts now. Should the job be lost, the sweep makes it again in a minute. */
export async function wakeAccounts(tx: SqlTx, tenantId: string, accountIds: string[], now: Date): Promise<void> {
  if (accountIds.length === 0) return;
  await tx.$executeRaw`
    UPDATE network_accounts SET wake_at = least(wake_at, ${new Date(now.getTime() + MINUTE)})
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ANY(${accountIds}::uuid[])`;
  await enqueueMany(
    tx,
    actJob,
    accountIds.map((accountId) => ({ tenantId, accountId })),
  );
}
