import { type NextRequest, NextResponse } from 'next/server';
import { DEVELOPMENT } from './env.ts';
import { contentPolicy } from './security-headers.ts';

const COOKIES = ['authjs.session-token', '__Secure-authjs.session-token'];
/** Pages of the console: only for those who are signed in. */
const CONSOLE = /^\/(shields|accounts|people|members|activity|settings)(\/|$)/;
/** Pages that are made for each request, and so can carry a nonce. */
const NONCED = /^\/(shields|accounts|people|members|activity|settings|invitation|sign-in|dev)(\/|$)/;

/**
 * Sends those without a session cookie to the sign-in, with the way back, and gives each page its content policy.
 * Whether the cookie is worth anything is asked where the data is.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (CONSOLE.test(pathname) && !COOKIES.some((name) => request.cookies.has(name))) {
    const back = new URL('/sign-in', request.url);
    back.searchParams.set('back', `${pathname}${search}`);
    return NextResponse.redirect(back);
  }
  const nonce = NONCED.test(pathname) ? crypto.randomUUID() : null;
  const policy = contentPolicy(nonce, DEVELOPMENT);
  const headers = new Headers(request.headers);
  headers.set('x-secateur-path', `${pathname}${search}`);
  if (nonce) headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = { matcher: ['/((?!api/|_next/|favicon.ico|icon).*)'] };
