import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Site } from '../../site.ts';
import { appIn } from './app.ts';
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
  const app = appOf(req);
  const kind = form.get('grant_type');
  if (kind === 'authorization_code') return fromCode(site, app, form);
  if (kind === 'refresh_token') return fromRefresh(site, app, form.get('refresh_token') ?? '');
  throw new TokenRefusal(400, 'unsupported_grant_type', 'Unsupported grant type');
}

/** POST /2/oauth2/revoke: the grant is over, whichever of its tokens was given. */
export function revoke(site: Site, req: IncomingMessage, form: URLSearchParams): object {
  const app = appOf(req);
  const given = form.get('token') ?? '';
  for (const grant of site.state.x.grants)
    if (!grant.dead && grant.app === app && (grant.access === given || grant.refresh === given))
      site.record({ t: 'x-grant', ...grant, dead: true });
  return { revoked: true };
}

/** Ends all that somebody allowed. */
export function revokeAll(site: Site, ref: number): void {
  for (const grant of site.state.x.grants)
    if (grant.ref === ref && !grant.dead) site.record({ t: 'x-grant', ...grant, dead: true });
}

function appOf(req: IncomingMessage): string {
  const app = appIn(req.headers.authorization);
  if (app === null) throw new TokenRefusal(401, 'unauthorized_client', 'Missing valid authorization header');
  return app;
}

function fromCode(site: Site, app: string, form: URLSearchParams): object {
  const text = form.get('code') ?? '';
  const code = findCode(site, text);
  const proven =
    code !== null &&
    code.app === app &&
    code.redirectUri === form.get('redirect_uri') &&
    code.challenge ===
      createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
  if (!proven) throw new TokenRefusal(400, 'invalid_request', 'Value passed for the authorization code was invalid.');
  dropCode(site, text);
  // One that lives for an app and an account: x-ads-api/mcp of docs.x.com, "a single live OAuth grant per (app, user)".
  for (const one of site.state.x.grants)
    if (one.ref === code.ref && one.app === app && !one.dead) site.record({ t: 'x-grant', ...one, dead: true });
  return issue(site, { id: site.state.x.grants.length, app, ref: code.ref, scope: code.scope });
}

function fromRefresh(site: Site, app: string, refresh: string): object {
  const grant = site.state.x.grants.find(
    (one) => !one.dead && one.app === app && one.refresh !== null && one.refresh === refresh,
  );
  if (grant === undefined) throw new TokenRefusal(400, 'invalid_request', GONE);
  return issue(site, grant);
}

function issue(site: Site, { id, app, ref, scope }: { id: number; app: string; ref: number; scope: string }): object {
  const lasting = scope.split(' ').includes('offline.access');
  const access = randomBytes(48).toString('base64url');
  const refresh = lasting ? randomBytes(48).toString('base64url') : null;
  const accessUntil = site.clock.now() + ACCESS_LIFE * 1_000;
  site.record({ t: 'x-grant', id, app, ref, scope, access, accessUntil, refresh, dead: false });
  return {
    token_type: 'bearer',
    expires_in: ACCESS_LIFE,
    access_token: access,
    scope,
    ...(refresh === null ? {} : { refresh_token: refresh }),
  };
}
