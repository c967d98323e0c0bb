import type { SqlTx } from '@secateur/db';
import { ERASED } from './tables.ts';

/** Rows deleted in one transaction. */
export const STEP = 5_000;

/** Deletes at most STEP rows of the tenant that the transaction is in, of as few tables as it takes. Returns how many. */
export async function eraseRows(tx: SqlTx): Promise<number> {
  let rows = 0;
  for (const table of ERASED) {
    const [step] = await tx.$queryRaw<{ rows: number }[]>`
      SELECT erase_rows(${table}::text, ${STEP - rows}::int)::int AS rows`;
    rows += step?.rows ?? 0;
    if (rows >= STEP) break;
  }
  return rows;
}

/** Takes at most STEP members out, and forgets those who are in no other tenant. Returns how many. */
export async function forgetMembers(tx: SqlTx): Promise<number> {
  const [step] = await tx.$queryRaw<{ members: number }[]>`SELECT across.forget_members(${STEP}::int) AS members`;
  return step?.members ?? 0;
}
