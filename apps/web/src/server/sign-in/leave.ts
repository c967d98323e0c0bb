import { deps } from '~/deps.ts';
import { env } from '~/env.ts';
import { LEAVE_COOKIES } from '~/leave-cookie.ts';
import { SESSION_COOKIES } from './cookies.ts';
import { leftBehind } from './left-behind.ts';
import { endSessionOf } from './sessions.ts';

/**
 * Ends the session that came with a request, and has the browser forget it and whatever else it kept of us. Works for a
 * request without any session just as well.
 */
export async function leave(request: Request, response: Response): Promise<Response> {
  const sent = cookiesOf(request);
  const tokens = SESSION_COOKIES.flatMap((name) => sent.get(name) ?? []);
  const { db, clock, log } = deps();
  try {
    for (const token of tokens) await endSessionOf({ prisma: db.prisma, clock }, token);
  } catch (err) {
    // Whoever leaves gets away all the same: without its cookie a session is nobody's.
    log.error({ err }, 'a session could not be ended');
  }
  const left = new Response(response.body, response);
  left.headers.set('cache-control', 'no-store');
  const { cookies, header } = leftBehind(env().AUTH_URL);
  left.headers.set('clear-site-data', header);
  for (const name of [...SESSION_COOKIES, ...cookies]) {
    if (sent.has(name)) left.headers.append('set-cookie', expired(name));
  }
  return left;
}

/** Whether a request's browser was left in a hurry before, and nobody heard of it. */
export function wasLeft(request: Request): boolean {
  const sent = cookiesOf(request);
  return LEAVE_COOKIES.some((name) => sent.has(name));
}

function cookiesOf(request: Request): Map<string, string> {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair): [string, string] => {
    const [name = '', ...value] = pair.split('=');
    return [name.trim(), value.join('=').trim()];
  });
  return new Map(pairs);
}

function expired(name: string): string {
  return `${name}=; Path=/; Max-Age=0; SameSite=Lax${name.startsWith('__Host-') ? '; Secure' : ''}`;
}
