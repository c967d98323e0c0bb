import { env } from '~/env.ts';

export const dynamic = 'force-dynamic';

/** The public halves of the keys by which this service proves who it is. */
export function GET(): Response {
  return Response.json({ keys: env().OAUTH_PUBLIC_KEYS });
}
