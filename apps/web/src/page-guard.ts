import { type NextRequest, NextResponse } from 'next/server';
import { LEAVE_COOKIES } from './leave-cookie.ts';
import type { BuiltPages } from './policy/built-pages.ts';
import { contentPolicy, NONCE, type Own } from './policy/content-policy.ts';
import { fromOwnPages } from './server/door/own-pages.ts';
import { SESSION_COOKIES } from './server/sign-in/cookies.ts';

type Where = {
  /** Where people reach this app. */
  authUrl: string;
  /** What was built beforehand; null in `next dev`, which makes every page anew for each request. */
  built: BuiltPages | null;
};

/**
 * What every request for a page goes through. One that may change something, a server action's, is from a page of ours.
 * A session that was left in a hurry ends, if it hasn't already. Who has no session cookie is sent from the console to the
 * sign-in, with the way back; whether the cookie is worth anything is asked where the data is. And each page gets its
 * content policy.
 */
export function guardPage(request: NextRequest, { authUrl, built }: Where): NextResponse {
  const { pathname, search } = request.nextUrl;
  const { origin, protocol } = new URL(authUrl);
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!reads && !fromOwnPages(request, origin)) {
    return new NextResponse('This is answered only when a page of this site asks.', { status: 403 });
  }
  const session = SESSION_COOKIES.some((name) => request.cookies.has(name));
  const left = LEAVE_COOKIES.filter((name) => request.cookies.has(name));
  if (session && left.length > 0 && !pathname.startsWith('/leave')) {
    return NextResponse.redirect(new URL('/leave/over', request.url), 303);
  }
  if (built?.isConsole(pathname) && !session) {
    const back = new URL('/sign-in', request.url);
    back.searchParams.set('back', `${pathname}${search}`);
    return NextResponse.redirect(back);
  }
  const own: Own = built?.inlineAt(pathname) ?? { nonce: crypto.randomUUID() };
  const policy = contentPolicy(own, { https: protocol === 'https:', development: built === null });
  const headers = new Headers(request.headers);
  headers.set('x-secateur-path', `${pathname}${search}`);
  // Next takes the nonce for what it writes from the policy.
  headers.delete('content-security-policy');
  headers.delete(NONCE);
  if ('nonce' in own) {
    headers.set('content-security-policy', policy);
    headers.set(NONCE, own.nonce);
  }
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  // There is no session to end any more: the next one is not to be ended by a mark of the one before.
  for (const name of left)
    response.cookies.set({ name, value: '', path: '/', maxAge: 0, secure: name.startsWith('__Host-') });
  return response;
}
