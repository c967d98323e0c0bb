import { createHash } from 'node:crypto';

/** Under what a session is stored: the hash of its token, so that a copy of the table opens no door. */
export function keyOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
