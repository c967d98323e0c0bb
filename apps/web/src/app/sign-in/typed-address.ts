import 'server-only';
import { cookies } from 'next/headers';
import { env } from '~/env.ts';

const NAME = 'typed-address';
/** Seconds: the page that shows it again follows at once. */
const AGE = 60;
/** Longer than any address may be. */
const MOST = 300;

/** Keeps what was typed for the form that is shown again, and not in its address, which histories and logs keep. */
export async function keepTyped(typed: string): Promise<void> {
  const secure = new URL(env().AUTH_URL).protocol === 'https:';
  const jar = await cookies();
  jar.set(NAME, typed.slice(0, MOST), { httpOnly: true, sameSite: 'strict', path: '/sign-in', maxAge: AGE, secure });
}

/** What was typed when the form was last sent. */
export async function typedAddress(): Promise<string | undefined> {
  return (await cookies()).get(NAME)?.value;
}
