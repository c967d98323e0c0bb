import 'server-only';
import { cookies, headers } from 'next/headers';
import { env } from '~/env.ts';
import { agentOf } from './agent.ts';
import { cookiesAt, type SetCookie } from './own-cookies.ts';
import type { Visitor } from './start-session.ts';

/** The browser behind the request that is being answered. */
export async function visitor(): Promise<Visitor> {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  const names = cookiesAt(env().AUTH_URL);
  const held = (name: string) => jar.get(name)?.value ?? null;
  return {
    agent: agentOf(sent.get('user-agent')),
    sessionToken: held(names.session),
    half: held(names.half),
    asker: held(names.asker),
    device: held(names.device),
  };
}

/** Gives the browser behind the request these cookies. */
export async function setCookies(given: readonly SetCookie[]): Promise<void> {
  const jar = await cookies();
  for (const { name, value, options } of given) jar.set(name, value, options);
}
