import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { hex, type Link } from './chain.ts';
import type { TrailKey } from './trail-key.ts';

/** What the anchor keeps of a link. */
export type Head = Omit<Link, 'digest' | 'entry'>;

/** One line of the anchor: the links that one run closed, or a part of them. */
export type Entry = {
  /** Counts from 1. */
  entry: bigint;
  /** SHA-256 of the line of the entry before, as text; empty for the first. */
  before: string;
  /** Every row up to this transaction, whoever's, is in a link of this entry or of one before. */
  closed: bigint;
  heads: Head[];
};

const number = z.string().regex(/^-?\d+$/);
const line = z.strictObject({
  entry: number,
  before: z.string(),
  closed: number,
  heads: z.array(z.tuple([z.uuid(), z.int(), number, z.int(), z.int(), z.string().regex(/^[0-9a-f]{64}$/)])),
  mac: z.string(),
});

/** An entry as its line, keyed. */
export function writeEntry(key: TrailKey, { entry, before, closed, heads }: Entry): string {
  const body = {
    entry: entry.toString(),
    before,
    closed: closed.toString(),
    heads: heads.map((h) => [h.tenantId, h.seq, h.uptoXid.toString(), h.rows, h.closedAt.getTime(), hex(h.mac)]),
  };
  const mac = createHmac('sha256', key)
    .update(JSON.stringify(['entry', body]))
    .digest('hex');
  return JSON.stringify({ ...body, mac });
}

/** What a line says; null when it is not, to the letter, one that was written with this key. */
export function readEntry(key: TrailKey, text: string): Entry | null {
  const parsed = line.safeParse(jsonOf(text));
  if (!parsed.success) return null;
  const { entry, before, closed, heads } = parsed.data;
  const read: Entry = {
    entry: BigInt(entry),
    before,
    closed: BigInt(closed),
    heads: heads.map(([tenantId, seq, uptoXid, rows, closedAt, mac]) => ({
      tenantId,
      seq,
      uptoXid: BigInt(uptoXid),
      rows,
      closedAt: new Date(closedAt),
      mac: new Uint8Array(Buffer.from(mac, 'hex')),
    })),
  };
  return writeEntry(key, read) === text ? read : null;
}

/** The name under which the next entry knows this line. */
export function nameOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
