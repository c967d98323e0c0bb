import { createHash, randomBytes } from 'node:crypto';

/** A UUID of version 7 (RFC 9562 §5.7): sorts by the millisecond it was made in. */
export function newId(at: number = Date.now()): string {
  const b = randomBytes(16);
  b.writeUIntBE(at, 0, 6);
  b[6] = (b.readUInt8(6) & 0x0f) | 0x70;
  b[8] = (b.readUInt8(8) & 0x3f) | 0x80;
  return format(b);
}

/**
 * The id of anybody's public account, computed from its immutable id on its network, so that every process knows it
 * without asking the database and no unique index beside the primary key is needed.
 * A UUID of version 8 (RFC 9562 §5.8) made of SHA-256's first 122 bits: two accounts that share one would cost an
 * attacker 2^61 tries.
 */
export function profileId(network: string, nativeId: string): string {
  const b = createHash('sha256').update(`${network}\0${nativeId}`).digest().subarray(0, 16);
  b[6] = (b.readUInt8(6) & 0x0f) | 0x80;
  b[8] = (b.readUInt8(8) & 0x3f) | 0x80;
  return format(b);
}

function format(b: Buffer): string {
  const h = b.toString('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}
