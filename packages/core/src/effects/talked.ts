import type { SqlTx } from '@secateur/db';
import { beginReading } from '../connections/index.ts';
import { PEOPLE_FRESH } from '../exemptions/policy/index.ts';
import type { AccountRef } from './types.ts';

/** Whether it was read lately whom the account talked with; where not it is from now on, and wakes the account when it is. */
export async function talkedIsFresh(tx: SqlTx, { tenantId, accountId }: AccountRef, now: Date): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM readings WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid AND kind = 'talked'
      AND read_at > ${new Date(now.getTime() - PEOPLE_FRESH)}::timestamptz`;
  if (rows.length > 0) return true;
  await beginReading(tx, tenantId, accountId, 'talked', now);
  return false;
}
