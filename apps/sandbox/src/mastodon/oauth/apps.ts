import { randomBytes } from 'node:crypto';
import type { Call } from '../call.ts';
import { ApiError } from '../errors.ts';
import { textIn } from '../fields.ts';

/** What servers have; `profile` came with 4.3. */
const SCOPES = ['read', 'write', 'follow', 'profile'] as const;

/** POST /api/v1/apps: anybody may, and gets a client that is confidential. */
export function createApp({ site, server, body }: Call): object {
  const name = textIn(body, 'client_name');
  const uris = Array.isArray(body.redirect_uris)
    ? body.redirect_uris.map(String)
    : textIn(body, 'redirect_uris').split('\n');
  if (name === '' || !uris.every((uri) => URL.canParse(uri))) throw new ApiError(422, 'Validation failed');
  const scopes = textIn(body, 'scopes') || 'read';
  if (!scopes.split(' ').every((scope) => isScope(scope, server.discovery)))
    throw new ApiError(422, 'Validation failed: Scopes do not match configured on the server');
  const app = {
    server: server.index,
    id: randomBytes(32).toString('base64url'),
    secret: randomBytes(32).toString('base64url'),
    name,
    redirectUris: uris,
    scopes,
    gone: false,
  };
  site.record({ t: 'fedi-app', ...app });
  return {
    id: String(site.state.fediverse.apps.size),
    name,
    website: null,
    scopes: scopes.split(' '),
    redirect_uris: uris,
    redirect_uri: uris.join('\n'),
    client_id: app.id,
    client_secret: app.secret,
    client_secret_expires_at: 0,
  };
}

function isScope(scope: string, modern: boolean): boolean {
  const [head = ''] = scope.split(':');
  return SCOPES.some((one) => one === head) && (head !== 'profile' || modern);
}
