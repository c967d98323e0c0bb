import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { KEY_ID } from './blob.ts';

/** HPKE (RFC 9180), base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
export const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

/** Bytes of an X25519 key, public or private: RFC 7748 §5. */
const RAW = 32;
/** What stands before a raw private key in PKCS #8: RFC 8410 §7. */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** A tenant's share as HPKE's pre-shared key: RFC 9180 §5.1.2. */
export function pskOf(share: Uint8Array): { id: ArrayBuffer; key: ArrayBuffer } {
  return { id: new TextEncoder().encode('secateur tenant share').buffer, key: new Uint8Array(share).buffer };
}

/** A key as 32 bytes, from base64url; null for anything else. */
export function rawKey(text: string): Uint8Array<ArrayBuffer> | null {
  const raw = Buffer.from(text, 'base64url');
  if (raw.length !== RAW || raw.toString('base64url') !== text) return null;
  return new Uint8Array(raw);
}

/** The public key that belongs to a private one. */
export function publicOf(privateKey: Uint8Array): Uint8Array<ArrayBuffer> {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, privateKey]), format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (x === undefined) throw new Error('an X25519 key was exported without its public part');
  return new Uint8Array(Buffer.from(x, 'base64url'));
}

/** A key pair is known by the beginning of its public key's SHA-256, in hexadecimal: nobody has to name it. */
export function keyIdOf(publicKey: Uint8Array): string {
  return createHash('sha256')
    .update(publicKey)
    .digest('hex')
    .slice(0, 2 * KEY_ID);
}
