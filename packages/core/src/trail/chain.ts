import { createHmac } from 'node:crypto';
import type { ActorKind } from '../audit/schemas.ts';
import type { TrailKey } from './trail-key.ts';

/** What of an audit row stands in the chain. Numbers of transactions are text: they are beyond what a number holds. */
export type ChainedRow = {
  xid: string;
  id: string;
  at: Date;
  actorKind: ActorKind;
  actorDigest: Uint8Array | null;
  action: string;
  subjectId: string | null;
  subjectDigest: Uint8Array | null;
  count: number;
  digest: Uint8Array | null;
};

/** One link of a tenant's chain. */
export type Link = {
  tenantId: string;
  seq: number;
  /** The anchor's entry that it is in. */
  entry: bigint;
  uptoXid: bigint;
  rows: number;
  digest: Uint8Array;
  mac: Uint8Array;
  closedAt: Date;
};

/** A row as one line, in the only way in which it can be written. A subject that is somebody is there as its digest. */
export function lineOf(row: ChainedRow): string {
  const subject = row.subjectDigest === null ? row.subjectId : null;
  return `${JSON.stringify([
    row.xid,
    row.id,
    row.at.getTime(),
    row.actorKind,
    hex(row.actorDigest),
    row.action,
    subject,
    hex(row.subjectDigest),
    row.count,
    hex(row.digest),
  ])}\n`;
}

/** What the first link of every chain follows. */
export const NOTHING = new Uint8Array(32);

/** HMAC-SHA-256 over a link and the one before it. */
export function macOf(key: TrailKey, before: Uint8Array, link: Omit<Link, 'mac'>): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify([
    'link',
    hex(before),
    link.tenantId,
    link.seq,
    link.entry.toString(),
    link.uptoXid.toString(),
    link.rows,
    hex(link.digest),
    link.closedAt.getTime(),
  ]);
  return new Uint8Array(createHmac('sha256', key).update(text).digest());
}

/** Bytes as text; null stays null. */
export function hex(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('hex');
}
