import 'server-only';
import { cookies } from 'next/headers';
import { deps } from '~/deps.ts';
import { env } from '~/env.ts';
import { liveSession } from './live-session.ts';
import { cookiesAt } from './own-cookies.ts';

/** The session behind the request that is being answered, with its user; null: nobody is signed in. */
export async function here() {
  const token = (await cookies()).get(cookiesAt(env().AUTH_URL).session)?.value;
  return token ? liveSession(deps().db.prisma, token) : null;
}
