import { createHash } from 'node:crypto';
import { cookies } from 'next/headers';

/** What the session's cookie may be called: it depends on whether the app is reached by https. */
const SESSION_COOKIES = [
  '__Host-authjs.session-token',
  '__Secure-authjs.session-token',
  'authjs.session-token',
] as const;

/** Under what a session is stored: the hash of its token, so that a copy of the table opens no door. */
export function keyOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Under what the session that came with this request would be stored; null when none came. */
export async function sessionKey(): Promise<string | null> {
  const jar = await cookies();
  const token = SESSION_COOKIES.map((name) => jar.get(name)?.value).find((value) => value !== undefined);
  return token === undefined ? null : keyOf(token);
}
