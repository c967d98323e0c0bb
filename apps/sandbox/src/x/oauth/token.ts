import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Site } from '../../site.ts';
import { X_APP } from './app.ts';
import { dropCode, findCode } from './codes.ts';

/** An answer in error as the token endpoint words it. */
export class TokenRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Seconds: fundamentals/authentication/oauth-2-0/user-access-token. */
const ACCESS_LIFE = 7_200;
const GONE = 'Value passed for the token was invalid.';

/** POST /2/oauth2/token: a code for tokens, or a refresh token for new ones, each once. */
export function token(site: Site, req: IncomingMessage, form: URLSearchParams): object {
  checkApp(req);
  const kind = form.get('grant_type');
  if (kind === 'authorization_code') return fromCode(site, form);
  if (kind === 'refresh_token') return fromRefresh(site, form.get('refresh_token') ?? '');
  throw new TokenRefusal(400, 'unsupported_grant_type', 'Unsupported grant type');
}

/** POST /2/oauth2/revoke: the grant is over, whichever of its tokens was given. */
export function revoke(site: Site, req: IncomingMessage, form: URLSearchParams): object {
  checkApp(req);
  const given = form.get('token') ?? '';
  for (const grant of site.state.x.grants)
    if (!grant.dead && (grant.access === given || grant.refresh === given))
      site.record({ t: 'x-grant', ...grant, dead: true });
  return { revoked: true };
}

/** Ends all that somebody allowed. */
export function revokeAll(site: Site, ref: number): void {
  for (const grant of site.state.x.grants)
    if (grant.ref === ref && !grant.dead) site.record({ t: 'x-grant', ...grant, dead: true });
}

function checkApp(req: IncomingMessage): void {
  const given = /^Basic (.+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? '';
  if (Buffer.from(given, 'base64').toString() !== `${X_APP.id}:${X_APP.secret}`)
    throw new TokenRefusal(401, 'unauthorized_client', 'Missing valid authorization header');
}

function fromCode(site: Site, form: URLSearchParams): object {
  const text = form.get('code') ?? '';
  const code = findCode(site, text);
  const proven =
    code !== null &&
    code.redirectUri === form.get('redirect_uri') &&
    code.challenge ===
      createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
  if (!proven) throw new TokenRefusal(400, 'invalid_request', 'Value passed for the authorization code was invalid.');
  dropCode(site, text);
  return issue(site, site.state.x.grants.length, code.ref, code.scope);
}

function fromRefresh(site: Site, refresh: string): object {
  const grant = site.state.x.grants.find((one) => !one.dead && one.refresh !== null && one.refresh === refresh);
  if (grant === undefined) throw new TokenRefusal(400, 'invalid_request', GONE);
  return issue(site, grant.id, grant.ref, grant.scope);
}

function issue(site: Site, id: number, ref: number, scope: string): object {
  const lasting = scope.split(' ').includes('offline.access');
  const access = randomBytes(48).toString('base64url');
  const refresh = lasting ? randomBytes(48).toString('base64url') : null;
  const accessUntil = site.clock.now() + ACCESS_LIFE * 1_000;
  site.record({ t: 'x-grant', id, ref, scope, access, accessUntil, refresh, dead: false });
  return {
    token_type: 'bearer',
    expires_in: ACCESS_LIFE,
    access_token: access,
    scope,
    ...(refresh === null ? {} : { refresh_token: refresh }),
  };
}
