import type { IncomingMessage, ServerResponse } from 'node:http';
import { MOST_BYTES, readBody } from '../../http/body.ts';
import { HTML_TYPE, JSON_TYPE, reply } from '../../http/reply.ts';
import type { Site } from '../../site.ts';
import { answerAuthorize, showAuthorize } from './authorize.ts';
import { revoke, TokenRefusal, token } from './token.ts';

type Endpoint = (site: Site, req: IncomingMessage, form: URLSearchParams) => object;
const ENDPOINTS: Record<string, Endpoint> = { '/2/oauth2/token': token, '/2/oauth2/revoke': revoke };
const PAGE = '/i/oauth2/authorize';

/** Answers a request about OAuth; false for any other. */
export function xOAuthRoute(
  site: Site,
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  query: URLSearchParams,
): boolean {
  const form = (done: (form: URLSearchParams) => void) =>
    readBody(req, MOST_BYTES, (text) => done(new URLSearchParams(text ?? '')));
  const endpoint = req.method === 'POST' ? ENDPOINTS[path] : undefined;
  if (path === PAGE && req.method === 'GET') showAuthorize(site, res, query);
  else if (path === PAGE && req.method === 'POST') form((given) => answerAuthorize(site, res, given));
  else if (endpoint !== undefined) form((given) => attend(site, req, res, path, given, endpoint));
  else return false;
  return true;
}

/** Answers a client, faults included: they are named `x/oauth2/token` and `x/oauth2/revoke`. */
function attend(
  site: Site,
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  form: URLSearchParams,
  run: Endpoint,
): void {
  const name = path.replace('/2/', 'x/');
  site.counters.request(name);
  const { fault } = site.faults.strike(name, () => true);
  const send = (status: number, body: object) => {
    site.counters.status(status);
    site.recent.add({ at: site.clock.now(), method: name, account: null, status, fault: fault?.kind ?? null });
    if (fault?.kind === 'applied-then-reset') return void req.socket.resetAndDestroy();
    reply(res, status, JSON_TYPE, JSON.stringify(body), ['cache-control', 'no-store']);
  };
  if (fault?.kind === 'reset-before') return void req.socket.resetAndDestroy();
  if (fault?.kind === 'html') return void reply(res, 200, HTML_TYPE, '<!doctype html><title>Hello</title>');
  if (fault !== null && /^\d+$/.test(fault.kind))
    return void send(Number(fault.kind), { title: 'Service Unavailable' });
  try {
    send(200, run(site, req, form));
  } catch (error) {
    if (!(error instanceof TokenRefusal)) throw error;
    send(error.status, { error: error.code, error_description: error.message });
  }
}
