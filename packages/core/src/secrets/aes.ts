import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { joined } from './blob.ts';
import { SecretUnreadable } from './unreadable.ts';

/** Bytes of an AES-256 key. */
export const KEY_BYTES = 32;
/** Bytes of a nonce and of a tag: NIST SP 800-38D §5.2.1.1, §8.2.2 (random, so no more than 2^32 under one key). */
const NONCE = 12;
const TAG = 16;

/** AES-256-GCM under a random nonce: nonce, ciphertext, tag. */
export function encrypt(key: Uint8Array, plain: Uint8Array, aad: Uint8Array): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
  cipher.setAAD(aad);
  return joined(nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag());
}

/** Its inverse. Throws SecretUnreadable `damaged` for another key, another `aad`, or a single changed bit. */
export function decrypt(key: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Uint8Array<ArrayBuffer> {
  if (sealed.length < NONCE + TAG) throw new SecretUnreadable('damaged', 'too short');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-TAG));
  try {
    return joined(decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final());
  } catch {
    throw new SecretUnreadable('damaged');
  }
}
