import { createHash } from 'node:crypto';

/** Under which a session is stored: the hash of its token. */
export function sessionKey(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
