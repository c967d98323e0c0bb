import type { Row, Table } from '../table.ts';

/** What the tenant lets itself spend in a month with networks that charge. */
export const spendingCap: Table = {
  name: 'spendingCap',
  of: ['spending_caps'],
  columns: ['microDollars', 'setAt'],
  start: [''],
  page: (tx, tenantId, [id], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[c.tenant_id::text] AS place, c.micro_dollars::text AS "microDollars", c.set_at AS "setAt"
      FROM spending_caps c WHERE c.tenant_id = ${tenantId}::uuid AND c.tenant_id::text > ${id} LIMIT ${most}::int`,
};

/** What it spent, by month. */
export const spending: Table = {
  name: 'spending',
  of: ['spendings'],
  columns: ['month', 'microDollars'],
  start: [''],
  page: (tx, tenantId, [month], most) =>
    tx.$queryRaw<Row[]>`
      SELECT ARRAY[s.month::text] AS place, s.month::text AS month, s.micro_dollars::text AS "microDollars"
      FROM spendings s WHERE s.tenant_id = ${tenantId}::uuid AND s.month::text > ${month}
      ORDER BY s.month::text LIMIT ${most}::int`,
};
