import { door } from '~/server/door/door.ts';
import { DOORS } from '~/server/door/rules.ts';
import { leave } from '~/server/sign-in/leave.ts';

export const dynamic = 'force-dynamic';

/** What a page that is being left in a hurry calls while it goes. */
export const POST = door(DOORS.calls, (request) => leave(request, new Response(null, { status: 204 })));
