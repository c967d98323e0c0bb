import { door } from '~/server/door/door.ts';
import { DOORS } from '~/server/door/rules.ts';
import { leave, wasLeft } from '~/server/sign-in/leave.ts';

export const dynamic = 'force-dynamic';

/** Where a browser is sent that was left in a hurry and has its session still, because we could not be reached then. */
export const GET = door(DOORS.open, async (request) => {
  const on = new Response(null, { status: 303, headers: { location: '/sign-in', 'cache-control': 'no-store' } });
  return wasLeft(request) ? leave(request, on) : on;
});
