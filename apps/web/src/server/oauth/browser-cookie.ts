import 'server-only';
import { randomBytes } from 'node:crypto';
import { cookies } from 'next/headers';
import { env } from '~/env.ts';

/** Bytes of the secret that tells one browser from all others. */
const BYTES = 32;

/** Where browsers keep it. `__Host-` wants https, which this machine alone has not. */
function nameOf(secure: boolean): string {
  return `${secure ? '__Host-' : ''}secateur.browser`;
}

/** What the cookie may be called. */
export const BROWSER_COOKIES = [true, false].map(nameOf);

/** The secret of the browser that asks; empty for one that never began anything, which no row belongs to. */
export async function browserOf(): Promise<string> {
  return (await cookies()).get(nameOf(isSecure()))?.value ?? '';
}

/** The same; one that has none is given one. Only where an answer can set cookies. */
export async function browserFrom(): Promise<string> {
  const known = await browserOf();
  if (known !== '') return known;
  const made = randomBytes(BYTES).toString('base64url');
  // Lax: it has to be there when the network's server sends the browser back. It ends with the browser.
  (await cookies()).set(nameOf(isSecure()), made, { httpOnly: true, sameSite: 'lax', secure: isSecure(), path: '/' });
  return made;
}

function isSecure(): boolean {
  return new URL(env().AUTH_URL).protocol === 'https:';
}
