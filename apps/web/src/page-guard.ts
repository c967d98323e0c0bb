import { type NextRequest, NextResponse } from 'next/server';
import type { BuiltPages } from './policy/built-pages.ts';
import { contentPolicy } from './policy/content-policy.ts';
import { fromOwnPages } from './server/door/own-pages.ts';
import { SESSION_COOKIES } from './server/sign-in/cookies.ts';

/** Pages of the console: only for those who are signed in. */
const CONSOLE = /^\/(shields|accounts|people)(\/|$)/;

type Where = {
  /** Where people reach this app. */
  authUrl: string;
  /** What was built beforehand; null in `next dev`, which makes every page anew for each request. */
  built: BuiltPages | null;
};

/**
 * What every request for a page goes through. One that may change something, a server action's, is from a page of ours;
 * who has no session cookie is sent from the console to the sign-in, with the way back (whether the cookie is worth
 * anything is asked where the data is); and each page gets its content policy.
 */
export function guardPage(request: NextRequest, { authUrl, built }: Where): NextResponse {
  const { pathname, search } = request.nextUrl;
  const { origin, protocol } = new URL(authUrl);
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!reads && !fromOwnPages(request, origin)) {
    return new NextResponse('This is answered only when a page of this site asks.', { status: 403 });
  }
  if (CONSOLE.test(pathname) && !SESSION_COOKIES.some((name) => request.cookies.has(name))) {
    const back = new URL('/sign-in', request.url);
    back.searchParams.set('back', `${pathname}${search}`);
    return NextResponse.redirect(back);
  }
  const hashes = built?.scriptsAt(pathname) ?? null;
  const scripts = hashes ? { hashes } : { nonce: crypto.randomUUID() };
  const policy = contentPolicy(scripts, { https: protocol === 'https:', development: built === null });
  const headers = new Headers(request.headers);
  headers.set('x-secateur-path', `${pathname}${search}`);
  // Next takes the nonce for what it writes from here.
  if (hashes) headers.delete('content-security-policy');
  else headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}
