import { clientMetadata, isLoopback } from '@secateur/networks/bluesky/client-metadata';
import { env } from '~/env.ts';

export const dynamic = 'force-dynamic';

/** How this service describes itself to people's own servers. One on somebody's own machine describes itself in its name. */
export function GET(): Response {
  const { AUTH_URL } = env();
  if (isLoopback(AUTH_URL)) return new Response(null, { status: 404 });
  return Response.json(clientMetadata(AUTH_URL));
}
