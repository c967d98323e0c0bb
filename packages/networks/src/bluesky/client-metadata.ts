import { CALLBACK } from '../callback.ts';
import { DECLARED } from './oauth/scopes.ts';

/** Where the description of a hosted client and its keys are. */
const METADATA = '/oauth/client-metadata.json';
const JWKS = '/oauth/jwks.json';

/** Whether people reach the app on this machine only: it can't be asked for its description then. */
export function isLoopback(appUrl: string): boolean {
  return new URL(appUrl).protocol === 'http:';
}

/** Where a loopback client's browsers come back to: RFC 8252 wants the address and not the name. */
export function loopbackCallback(appUrl: string): `http://127.0.0.1:${string}` {
  const { port } = new URL(appUrl);
  return `http://127.0.0.1:${port || 80}${CALLBACK}`;
}

/**
 * How a hosted service describes itself to the networks' servers: public, at its own address, which is the client's id
 * (atproto.com/specs/oauth).
 */
export function clientMetadata(appUrl: string) {
  const { origin } = new URL(appUrl);
  const at = <Path extends string>(path: Path) => `${origin}${path}` as `https://${string}`;
  return {
    client_id: at(METADATA),
    client_name: 'Secateur',
    client_uri: at('/'),
    redirect_uris: [at(CALLBACK)] as [`https://${string}`],
    application_type: 'web' as const,
    grant_types: ['authorization_code', 'refresh_token'] as ['authorization_code', 'refresh_token'],
    response_types: ['code'] as ['code'],
    scope: DECLARED,
    token_endpoint_auth_method: 'private_key_jwt' as const,
    token_endpoint_auth_signing_alg: 'ES256',
    dpop_bound_access_tokens: true,
    jwks_uri: at(JWKS),
  };
}
