import type { IncomingMessage, ServerResponse } from 'node:http';
import { MOST_BYTES, readBody } from '../../http/body.ts';
import { HTML_TYPE, JSON_TYPE, reply, replyJson } from '../../http/reply.ts';
import type { Site } from '../../site.ts';
import { fieldsOf } from '../fields.ts';
import { originOf } from '../people.ts';
import type { Server } from '../servers.ts';
import { answerAuthorize, showAuthorize } from './authorize.ts';
import { OAuthRefusal, revoke, token } from './token.ts';

type Endpoint = (site: Site, server: Server, fields: Record<string, unknown>) => object;
const ENDPOINTS: Record<string, Endpoint> = { '/oauth/token': token, '/oauth/revoke': revoke };

/** Answers a request about OAuth; false for any other. */
export function oauthRoute(site: Site, server: Server, req: IncomingMessage, res: ServerResponse, url: URL): boolean {
  const { pathname, searchParams } = url;
  const endpoint = req.method === 'POST' ? ENDPOINTS[pathname] : undefined;
  if (pathname === '/.well-known/oauth-authorization-server') describe(site, server, res);
  else if (pathname === '/oauth/authorize' && req.method === 'GET') showAuthorize(site, server, res, searchParams);
  else if (pathname === '/oauth/authorize' && req.method === 'POST')
    readBody(req, MOST_BYTES, (text) => answerAuthorize(site, server, res, new URLSearchParams(text ?? '')));
  else if (endpoint !== undefined)
    readBody(req, MOST_BYTES, (text) => attend(site, server, req, res, pathname, text ?? '', endpoint));
  else return false;
  return true;
}

/** RFC 8414, since 4.3; older servers have no such address. */
function describe(site: Site, server: Server, res: ServerResponse): void {
  const origin = originOf(site, server);
  if (!server.discovery) return void reply(res, 404, HTML_TYPE, '<!doctype html><title>Not here</title>');
  replyJson(res, 200, {
    issuer: `${origin}/`,
    service_documentation: 'https://docs.joinmastodon.org/',
    authorization_endpoint: `${origin}/oauth/authorize`,
    token_endpoint: `${origin}/oauth/token`,
    revocation_endpoint: `${origin}/oauth/revoke`,
    app_registration_endpoint: `${origin}/api/v1/apps`,
    scopes_supported: ['read', 'write', 'profile', 'read:accounts', 'read:blocks', 'write:blocks'],
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
  });
}

/** Answers a client, faults included: they are named `m/oauth/token` and `m/oauth/revoke`. */
function attend(
  site: Site,
  server: Server,
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  text: string,
  run: Endpoint,
): void {
  const name = `m${path}`;
  site.counters.request(name);
  const { fault } = site.faults.strike(name, (wanted) => wanted === server.name);
  const down = fault !== null && /^\d+$/.test(fault.kind) ? Number(fault.kind) : null;
  const send = (status: number, body: object) => {
    site.counters.status(status);
    reply(res, status, JSON_TYPE, JSON.stringify(body), ['cache-control', 'no-store']);
  };
  if (down !== null) return void send(down, { error: 'server_error' });
  if (fault?.kind === 'html') return void reply(res, 200, HTML_TYPE, '<!doctype html><title>Hello</title>');
  try {
    send(200, run(site, server, fieldsOf(req, text)));
  } catch (error) {
    if (!(error instanceof OAuthRefusal)) throw error;
    send(error.status, { error: error.code, error_description: error.message });
  }
}
