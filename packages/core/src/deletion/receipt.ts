import { Refusal } from '@secateur/base';
import type { Context } from '../context/index.ts';
import { hashOf } from './ask.ts';
import { type DeletionBlocks, type ReceiptView, receiptInput } from './schemas.ts';

type Row = {
  askedAt: Date;
  blocks: DeletionBlocks;
  dueAt: Date;
  kept: number | null;
  shreddedAt: Date | null;
  keys: number | null;
  secrets: number | null;
  digest: Uint8Array | null;
  erasedAt: Date | null;
  rows: number;
};

/** What became of a deletion, for whoever holds its link. Throws `not_found` for one that is none, or was called off. */
export async function viewReceipt({ prisma }: Context, raw: unknown): Promise<ReceiptView> {
  const { token } = receiptInput.parse(raw);
  const [row] = await prisma.$queryRaw<Row[]>`
    SELECT asked_at AS "askedAt", blocks::text AS blocks, due_at AS "dueAt", kept, shredded_at AS "shreddedAt", keys, secrets,
           digest, erased_at AS "erasedAt", rows::float8 AS rows
    FROM across.receipt(${hashOf(token)})`;
  if (!row) throw new Refusal('not_found');
  const { askedAt, blocks, dueAt, kept, shreddedAt, erasedAt, rows } = row;
  const digest = Buffer.from(row.digest ?? []).toString('hex');
  return {
    askedAt,
    blocks,
    dueAt,
    kept,
    shredded: shreddedAt && { at: shreddedAt, keys: row.keys ?? 0, accounts: row.secrets ?? 0, digest },
    erased: erasedAt && { at: erasedAt, rows },
  };
}
