import { env } from '~/env.ts';
import { door } from '~/server/door/door.ts';
import { DOORS } from '~/server/door/rules.ts';

export const dynamic = 'force-dynamic';

/** The public halves of the keys by which this service proves who it is. */
export const GET = door(DOORS.open, async () => {
  return Response.json({ keys: env().OAUTH_PUBLIC_KEYS });
});
