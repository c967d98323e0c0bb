import { type Tx, withTenant } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import type { Running } from './running.ts';
import type { Row, Table } from './table.ts';

/** Rows read at a time, whatever their number: some 300 kB of targets. */
const PAGE = 1_000;

/**
 * A tenant's rows of one table, page by page, each read in a transaction of its own when it is asked for: a long table holds
 * up nothing, and what changes meanwhile is seen or not, row by row.
 */
export async function* pagesOf(
  { prisma, actor: { tenantId } }: MemberContext,
  table: Table,
  running: Running,
): AsyncGenerator<Row[]> {
  let after = table.start;
  for (;;) {
    const place = after;
    const rows = await withTenant(prisma, tenantId, async (tx) => {
      await running.goOn(tx);
      return pageOf(tx, tenantId, table, place);
    });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.place;
  }
}

/**
 * One page, read along its key. Left to its numbers the planner may read everything that is left, sort it and keep a page of
 * it: each page of a table then costs what all of it does.
 */
export async function pageOf(tx: Tx, tenantId: string, table: Table, after: readonly string[]): Promise<Row[]> {
  await tx.$queryRaw`
    SELECT set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),
           set_config('enable_bitmapscan', 'off', true)`;
  return table.page(tx, tenantId, after, PAGE);
}
