import { z } from 'zod';
import { NetworkError } from '../../port.ts';
import { jsonOf, type Send } from '../send.ts';

/** How a server's OAuth is spoken to. */
export type Endpoints = {
  authorize: string;
  token: string;
  /** Whether a proof of who asked goes with a code (PKCE, S256). */
  pkce: boolean;
  /** The scopes that it knows, null where it does not say. */
  scopes: string[] | null;
};

/** RFC 8414. */
const schema = z.object({
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  code_challenge_methods_supported: z.array(z.string()).nullish(),
  scopes_supported: z.array(z.string()).nullish(),
});

/**
 * What a server says about its OAuth (since 4.3), and what all servers of the kind have had for ever where it says nothing.
 * Throws `rejected` when it sends people, or us, to another server.
 */
export async function endpointsOf(server: string, send: Send): Promise<Endpoints> {
  const response = await send(new URL('/.well-known/oauth-authorization-server', server));
  const read = response.status === 200 ? schema.safeParse(await jsonOf(response)) : null;
  if (!read?.success) {
    return { authorize: `${server}/oauth/authorize`, token: `${server}/oauth/token`, pkce: false, scopes: null };
  }
  const { authorization_endpoint: authorize, token_endpoint: token } = read.data;
  if (new URL(authorize).origin !== server || new URL(token).origin !== server) {
    throw new NetworkError('rejected', { message: 'OAuth at another server' });
  }
  return {
    authorize,
    token,
    pkce: read.data.code_challenge_methods_supported?.includes('S256') ?? false,
    scopes: read.data.scopes_supported ?? null,
  };
}
