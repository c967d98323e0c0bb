import { createHash, randomBytes } from 'node:crypto';

/** 256 bits that nobody guesses, for a cookie or a link. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a secret, so that a copy of the table opens no door. It has too many bits to be tried. */
export function hashOf(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret).digest());
}
