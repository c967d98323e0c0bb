import { createHash, randomBytes } from 'node:crypto';

/** 256 bits that nobody guesses. They are in the link and nowhere else. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of it. */
export function hashOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
