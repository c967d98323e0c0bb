import { WHOLE_TENANT } from '../../quotas/index.ts';
import type { Row, Table } from '../table.ts';

/** What the tenant may spend, and each of its accounts. */
export const quotas: Table = {
  name: 'quotas',
  of: ['quotas'],
  columns: ['accountId', 'account', 'level', 'ratePerDay', 'capacity', 'refilledAt'],
  // The tenant's own bucket stands under the id that sorts before every other, so places are texts here.
  start: [''],
  page: (tx, tenantId, [accountId], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[q.account_id::text] AS place, nullif(q.account_id, ${WHOLE_TENANT}::uuid) AS "accountId", a.handle AS account,
             q.level, q.rate_per_day AS "ratePerDay", q.capacity, q.refilled_at AS "refilledAt"
      FROM quotas q LEFT JOIN profiles a ON a.id = q.account_id
      WHERE q.tenant_id = ${tenantId}::uuid AND q.account_id::text COLLATE "C" > ${accountId}
      ORDER BY q.account_id::text COLLATE "C" LIMIT ${most}::int`,
};
