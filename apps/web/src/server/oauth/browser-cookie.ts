import 'server-only';
import { randomBytes } from 'node:crypto';
import { cookies } from 'next/headers';
import { env } from '~/env.ts';
import { cookiesAt } from '../sign-in/own-cookies.ts';

/** Bytes of the secret that tells one browser from all others. */
const BYTES = 32;

/** The secret of the browser that asks; empty for one that never began anything, which no row belongs to. */
export async function browserOf(): Promise<string> {
  return (await cookies()).get(cookiesAt(env().AUTH_URL).browser)?.value ?? '';
}

/** The same; one that has none is given one. Only where an answer can set cookies. */
export async function browserFrom(): Promise<string> {
  const known = await browserOf();
  if (known !== '') return known;
  const made = randomBytes(BYTES).toString('base64url');
  // Lax: it has to be there when the network's server sends the browser back. It ends with the browser.
  const { browser, options } = cookiesAt(env().AUTH_URL);
  (await cookies()).set(browser, made, options);
  return made;
}
