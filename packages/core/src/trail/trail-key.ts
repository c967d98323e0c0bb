import { createSecretKey, type KeyObject } from 'node:crypto';

/** What the chains and the anchor are keyed with. */
export type TrailKey = KeyObject | Uint8Array;

/** The key from its text, 32 bytes in base64url, as something that can't be printed. Throws when it isn't that. */
export function readTrailKey(text: string): TrailKey {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== 32) throw new Error('the key of the trail is not 32 bytes in base64url');
  return createSecretKey(bytes);
}
