import { createHash, randomBytes } from 'node:crypto';
import type { Site } from '../../site.ts';
import { covers } from '../call.ts';
import type { FediApp } from '../events.ts';
import { textIn } from '../fields.ts';
import type { Server } from '../servers.ts';
import { takeCode } from './codes.ts';

/** An answer in error as RFC 6749 has it. */
export class OAuthRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

type Fields = Record<string, unknown>;

/** POST /oauth/token. Tokens last until they are revoked; on a server where they run out they are refreshed. */
export function token(site: Site, server: Server, fields: Fields): object {
  const app = clientOf(site, server, fields);
  if (textIn(fields, 'grant_type') === 'refresh_token' && server.tokensLast !== null)
    return renew(site, server, app, textIn(fields, 'refresh_token'));
  if (textIn(fields, 'grant_type') === 'client_credentials')
    return issue(site, server, app, null, textIn(fields, 'scope') || 'read');
  if (textIn(fields, 'grant_type') !== 'authorization_code')
    throw new OAuthRefusal(400, 'unsupported_grant_type', 'The grant type is not supported');
  const code = takeCode(site, textIn(fields, 'code'));
  const good =
    code !== null &&
    code.server === server.index &&
    code.app === app.id &&
    code.redirectUri === textIn(fields, 'redirect_uri') &&
    (code.challenge === null || code.challenge === challengeOf(textIn(fields, 'code_verifier')));
  if (!good) throw new OAuthRefusal(400, 'invalid_grant', 'The provided authorization grant is invalid');
  return issue(site, server, app, code.ref, code.scopes);
}

/** What was refreshed is over, its refresh token too. */
function renew(site: Site, server: Server, app: FediApp, refresh: string): object {
  const found = [...site.state.fediverse.tokens.values()].find(
    (one) => !one.dead && one.app === app.id && one.refresh !== undefined && one.refresh === refresh,
  );
  if (found === undefined) throw new OAuthRefusal(400, 'invalid_grant', 'The provided authorization grant is invalid');
  site.record({ t: 'fedi-token', ...found, dead: true });
  return issue(site, server, app, found.ref, found.scopes);
}

/** POST /oauth/revoke: one that is gone is no error, another app's is. */
export function revoke(site: Site, server: Server, fields: Fields): object {
  const app = clientOf(site, server, fields, 403);
  const given = textIn(fields, 'token');
  const found = [...site.state.fediverse.tokens.values()].find((one) => one.token === given || one.refresh === given);
  if (found !== undefined && found.app !== app.id)
    throw new OAuthRefusal(403, 'unauthorized_client', 'You are not authorized to revoke this token');
  if (found !== undefined) site.record({ t: 'fedi-token', ...found, dead: true });
  return {};
}

/** Ends all tokens of somebody. */
export function revokeAll(site: Site, ref: number): void {
  for (const one of site.state.fediverse.tokens.values())
    if (one.ref === ref && !one.dead) site.record({ t: 'fedi-token', ...one, dead: true });
}

function clientOf(site: Site, server: Server, fields: Fields, status = 401): FediApp {
  const app = site.state.fediverse.apps.get(textIn(fields, 'client_id'));
  const known = app?.server === server.index && !app.gone && app.secret === textIn(fields, 'client_secret');
  if (app === undefined || !known) throw new OAuthRefusal(status, 'invalid_client', 'Client authentication failed');
  return app;
}

function issue(site: Site, server: Server, app: FediApp, ref: number | null, scopes: string): object {
  if (!scopes.split(' ').every((scope) => covers(app.scopes, scope) || scope === 'read'))
    throw new OAuthRefusal(400, 'invalid_scope', 'The requested scope is invalid');
  // One token for the same account, app and scopes, however often they consent: `reuse_access_token` of the real one.
  const again = [...site.state.fediverse.tokens.values()].find(
    (one) =>
      server.tokensLast === null &&
      !one.dead &&
      one.app === app.id &&
      one.ref === ref &&
      ref !== null &&
      one.scopes === scopes,
  );
  const made = again ?? {
    server: server.index,
    token: randomBytes(32).toString('base64url'),
    app: app.id,
    ref,
    scopes,
    dead: false,
    ...(server.tokensLast === null
      ? {}
      : { until: site.clock.now() + server.tokensLast * 1_000, refresh: randomBytes(32).toString('base64url') }),
  };
  if (again === undefined) site.record({ t: 'fedi-token', ...made });
  return {
    access_token: made.token,
    token_type: 'Bearer',
    scope: scopes,
    created_at: Math.floor(site.clock.now() / 1_000),
    ...(server.tokensLast === null ? {} : { expires_in: server.tokensLast, refresh_token: made.refresh }),
  };
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
