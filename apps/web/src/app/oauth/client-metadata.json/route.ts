import { clientMetadata, isLoopback } from '@secateur/networks/bluesky/client-metadata';
import { env } from '~/env.ts';
import { door } from '~/server/door/door.ts';
import { DOORS } from '~/server/door/rules.ts';

export const dynamic = 'force-dynamic';

/** How this service describes itself to people's own servers. One on somebody's own machine describes itself in its name. */
export const GET = door(DOORS.open, async () => {
  const { AUTH_URL } = env();
  if (isLoopback(AUTH_URL)) return new Response(null, { status: 404 });
  return Response.json(clientMetadata(AUTH_URL));
});
