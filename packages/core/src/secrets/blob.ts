import { SecretUnreadable } from './unreadable.ts';

/** A sealed secret as a row holds it. */
export type Blob = Uint8Array<ArrayBuffer>;

/**
 * The first byte says how it was sealed, what follows depends on it:
 * - intake, to the workers' public key: that key's id (8 bytes), the encapsulated key (32), the ciphertext with its tag;
 * - shared intake: the same, with the tenant's share beside the public key;
 * - kept, under the tenant's own key: that key's version (4 bytes, big endian), the nonce (12), the ciphertext, its tag (16).
 * SQL reads the first fields too: see the migration `secrets`.
 */
const INTAKE = 1;
const KEPT = 2;
const SHARED_INTAKE = 3;

export const KEY_ID = 8;
const ENCAPSULATED = 32;
const VERSION = 4;

export type IntakeBlob = {
  stage: 'intake';
  /** Whether it takes the tenant's share too. */
  shared: boolean;
  keyId: string;
  encapsulated: Uint8Array;
  ciphertext: Uint8Array;
};
export type KeptBlob = { stage: 'kept'; keyVersion: number; sealed: Uint8Array };

export function packIntake({ shared, keyId, encapsulated, ciphertext }: Omit<IntakeBlob, 'stage'>): Blob {
  return joined([shared ? SHARED_INTAKE : INTAKE], Buffer.from(keyId, 'hex'), encapsulated, ciphertext);
}

export function packKept(keyVersion: number, sealed: Uint8Array): Blob {
  return joined(keptHeader(keyVersion), sealed);
}

/** What stands before a kept secret's ciphertext; sealed in with it. */
export function keptHeader(keyVersion: number): Blob {
  const header = new Uint8Array(1 + VERSION);
  header[0] = KEPT;
  new DataView(header.buffer).setUint32(1, keyVersion);
  return header;
}

/** Reads a blob's header. Throws SecretUnreadable `damaged` for what is neither. */
export function unpack(blob: Uint8Array): IntakeBlob | KeptBlob {
  const afterId = 1 + KEY_ID;
  const shared = blob[0] === SHARED_INTAKE;
  if ((shared || blob[0] === INTAKE) && blob.length > afterId + ENCAPSULATED) {
    return {
      stage: 'intake',
      shared,
      keyId: Buffer.from(blob.subarray(1, afterId)).toString('hex'),
      encapsulated: blob.subarray(afterId, afterId + ENCAPSULATED),
      ciphertext: blob.subarray(afterId + ENCAPSULATED),
    };
  }
  if (blob[0] === KEPT && blob.length > 1 + VERSION) {
    const keyVersion = new DataView(blob.buffer, blob.byteOffset).getUint32(1);
    return { stage: 'kept', keyVersion, sealed: blob.subarray(1 + VERSION) };
  }
  throw new SecretUnreadable('damaged', 'not a sealed secret');
}

export function joined(...parts: (Uint8Array | number[])[]): Blob {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
