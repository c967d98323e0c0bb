import { env } from '~/env.ts';
import { door } from '~/server/door/door.ts';
import { fromOwnPages } from '~/server/door/own-pages.ts';
import { DOORS } from '~/server/door/rules.ts';
import { leave } from '~/server/sign-in/leave.ts';

export const dynamic = 'force-dynamic';

/**
 * Where the button leads that leaves in a hurry, where no script does it: ends the session and goes to a neutral page. A
 * stranger's link here goes there too and ends nothing.
 */
export const GET = door(DOORS.open, async (request) => {
  const { AUTH_URL, QUICK_EXIT_URL } = env();
  const away = new Response(null, {
    status: 303,
    headers: { location: QUICK_EXIT_URL, 'cache-control': 'no-store' },
  });
  return fromOwnPages(request, new URL(AUTH_URL).origin) ? leave(request, away) : away;
});
