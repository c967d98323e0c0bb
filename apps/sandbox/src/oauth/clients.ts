import type { Site } from '../site.ts';
import { badRequest, OAuthError } from './errors.ts';
import { isSignedBy, type Jwk, readJwt, thumbprint } from './jwt.ts';

/** An app that asks people for their consent. */
export type Client = {
  id: string;
  name: string;
  redirectUris: string[];
  scope: string;
  /** Its public keys; null where it can't prove who it is. */
  keys: Jwk[] | null;
};

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * The client that an id names: one on this machine describes itself in its id (atproto.com/specs/oauth), one with a site
 * of its own has to be made known beforehand, since the sandbox fetches nothing.
 */
export function clientById(site: Site, id: string): Client {
  const known = site.state.clients.get(id);
  if (known !== undefined) return known;
  if (!/^http:\/\/localhost\/?(\?|$)/.test(id)) throw new OAuthError('invalid_client', `Unknown client ${id}`, 401);
  const { searchParams } = new URL(id);
  const redirectUris = searchParams.getAll('redirect_uri');
  const scope = searchParams.get('scope') ?? 'atproto';
  return {
    id,
    name: 'An app on your own machine',
    redirectUris: redirectUris.length > 0 ? redirectUris : ['http://127.0.0.1/', 'http://[::1]/'],
    scope,
    keys: null,
  };
}

/** Whether a browser may be sent there: ports of this machine are the client's own affair (RFC 8252 §7.3). */
export function mayReturnTo(client: Client, uri: string): boolean {
  const loose = (one: string) => one.replace(/^(http:\/\/(?:127\.0\.0\.1|\[::1\])):\d+/, '$1');
  return client.redirectUris.some((one) => (client.keys === null ? loose(one) === loose(uri) : one === uri));
}

/** Who asks, and the thumbprint of the key that proves it: null for a client without one. Throws `invalid_client`. */
export function authenticated(site: Site, form: URLSearchParams): { client: Client; key: string | null } {
  const id = form.get('client_id');
  if (id === null) throw badRequest('client_id is missing');
  const client = clientById(site, id);
  if (client.keys === null) return { client, key: null };
  const bad = new OAuthError('invalid_client', 'The client assertion is not valid', 401);
  const jwt = readJwt(form.get('client_assertion') ?? '');
  if (jwt === null || form.get('client_assertion_type') !== ASSERTION) throw bad;
  const jwk = client.keys.find((one) => one.kid === jwt.header.kid);
  const { iss, sub, aud, exp } = jwt.claims;
  const fits = iss === id && sub === id && aud === site.origin && typeof exp === 'number' && exp * 1_000 > Date.now();
  if (jwk === undefined || !fits || !isSignedBy(jwt, jwk)) throw bad;
  return { client, key: thumbprint(jwk) };
}
