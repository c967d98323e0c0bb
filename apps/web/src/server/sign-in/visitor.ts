import 'server-only';
import { cookies, headers } from 'next/headers';
import { env } from '~/env.ts';
import { agentOf } from './agent.ts';
import { cookiesAt } from './cookies.ts';
import type { Visitor } from './start-session.ts';

/** The browser behind the request that is being answered. */
export async function visitor(): Promise<Visitor> {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  return {
    agent: agentOf(sent.get('user-agent')),
    sessionToken: jar.get(cookiesAt(env().AUTH_URL).session)?.value ?? null,
  };
}
