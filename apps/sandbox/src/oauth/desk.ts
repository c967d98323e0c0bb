import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.ts';
import { MOST_BYTES, readBody } from '../http/body.ts';
import { JSON_TYPE, reply, replyJson } from '../http/reply.ts';
import type { Desk } from '../http/server.ts';
import type { Site } from '../site.ts';
import { answerAuthorize, showAuthorize } from './authorize.ts';
import { OAuthError } from './errors.ts';
import { resourceMetadata, serverMetadata } from './metadata.ts';
import { nonceOf } from './nonce.ts';
import { push } from './par.ts';
import { giveUp, token } from './token.ts';

type Endpoint = (site: Site, req: IncomingMessage, form: URLSearchParams) => object;

const ENDPOINTS: Record<string, { run: Endpoint; status: number }> = {
  '/oauth/par': { run: push, status: 201 },
  '/oauth/token': { run: token, status: 200 },
  '/oauth/revoke': { run: giveUp, status: 200 },
};

/** The authorisation server: what describes it, the page for people, and what clients call. */
export function oauthDesk(site: Site): Desk {
  return (req, res, path, query) => {
    const endpoint = ENDPOINTS[path];
    const form = (done: (form: URLSearchParams) => void) =>
      readBody(req, MOST_BYTES, (text) => done(new URLSearchParams(text ?? '')));
    if (req.method === 'GET' && path === '/.well-known/oauth-protected-resource')
      replyJson(res, 200, resourceMetadata(site));
    else if (req.method === 'GET' && path === '/.well-known/oauth-authorization-server')
      replyJson(res, 200, serverMetadata(site));
    else if (req.method === 'GET' && path === '/oauth/authorize') showAuthorize(site, res, query);
    else if (req.method === 'POST' && path === '/oauth/authorize') form((given) => answerAuthorize(site, res, given));
    else if (req.method === 'POST' && endpoint !== undefined)
      form((given) => attend(site, req, res, path, given, endpoint));
    else return false;
    return true;
  };
}

/** Answers a client, faults included: they are named by the path without its first slash. */
function attend(
  site: Site,
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  form: URLSearchParams,
  { run, status }: { run: Endpoint; status: number },
): void {
  const name = path.slice(1);
  site.counters.request(name);
  const { fault, waitMs } = site.faults.strike(name, () => true);
  const send = (code: number, body: object) => {
    site.counters.status(code);
    site.recent.add({ at: site.clock.now(), method: name, account: null, status: code, fault: fault?.kind ?? null });
    if (fault?.kind === 'applied-then-reset') return void req.socket.resetAndDestroy();
    const headers = ['dpop-nonce', nonceOf(site), 'cache-control', 'no-store'];
    reply(res, code, JSON_TYPE, JSON.stringify(body), headers);
  };
  const go = () => {
    try {
      if (fault?.kind === 'reset-before') return void req.socket.resetAndDestroy();
      const down = fault === null ? null : failure(fault);
      if (down !== null) throw down;
      send(status, run(site, req, form));
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      send(error.status, { error: error.error, error_description: error.message });
    }
  };
  if (waitMs > 0) setTimeout(go, waitMs);
  else go();
}

function failure({ kind }: Fault): OAuthError | null {
  if (kind === '500' || kind === '502' || kind === '503') return new OAuthError('server_error', 'Down', Number(kind));
  return kind === '429' ? new OAuthError('slow_down', 'Too many requests', 429) : null;
}
