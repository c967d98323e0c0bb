import type { NextRequest } from 'next/server';
import { door, refusal } from '~/server/door/door.ts';
import { DOORS } from '~/server/door/rules.ts';
import { handlers } from '~/server/sign-in/auth.ts';

/** What a page of ours asks, and where browsers come back to. */
const LOOK = /^\/api\/auth\/session$/;
const BACK = /^\/api\/auth\/callback\/[a-z-]+$/;

/**
 * The little of next-auth's own routes that is used. Signing in and out are server actions: what it would take by POST,
 * a mail with a link above all, would be counted nowhere, and its own pages are not ours.
 */
async function route(request: NextRequest): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (BACK.test(pathname)) return comeBack(request);
  return LOOK.test(pathname) ? look(request) : refusal('nothing here');
}

const look = door(DOORS.looks, handlers.GET);

/**
 * A link in a mail leads to our page that asks for a press, so that pressing comes from there. Otherwise a stranger's
 * page could sign somebody in as the stranger, who would then read what they connect.
 */
const comeBack = async (request: NextRequest): Promise<Response> => {
  const byMail = new URL(request.url).pathname === '/api/auth/callback/email';
  return byMail ? look(request) : handlers.GET(request);
};

export const GET = door(DOORS.open, route);
