import { generateKeyPairSync } from 'node:crypto';
import { clientMetadata } from '@secateur/networks/bluesky/client-metadata';
import type { SandboxControl } from '@secateur/sandbox';
import type { Canaries } from './canaries.ts';
import type { PublicJwk } from './consent-traffic.ts';

/** Where the service says that it is. Nobody goes there: browsers of a proof bring their answers straight to it. */
const APP = 'https://secateur.example';

/** A hosted service towards people's own servers: what its workers are told, and the public half of its key. */
export type HostedClient = { published: PublicJwk; env: Record<string, string> };

export function newClient(canaries: Canaries): HostedClient {
  const {
    x = '',
    y = '',
    d = '',
  } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const published = { kty: 'EC', crv: 'P-256', kid: 'proof', x, y };
  canaries.bytes('client key', Buffer.from(d, 'base64url'));
  return { published, env: { AUTH_URL: APP, OAUTH_PRIVATE_KEYS: JSON.stringify([{ ...published, d }]) } };
}

/** Makes it known to the pretend network, which fetches nothing. */
export async function announce(control: SandboxControl, { published }: HostedClient): Promise<void> {
  const { client_id: id, client_name: name, redirect_uris: redirectUris, scope } = clientMetadata(APP);
  await control.perform({
    do: 'add-client',
    id,
    name,
    redirectUris,
    scope,
    keys: [{ ...published, alg: 'ES256', use: 'sig' }],
  });
}
