import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.ts';
import { MOST_BYTES, readBody } from '../http/body.ts';
import { HTML_TYPE, JSON_TYPE, reply, replyJson } from '../http/reply.ts';
import type { Site } from '../site.ts';
import type { Call } from './call.ts';
import { ApiError } from './errors.ts';
import { fieldsOf } from './fields.ts';
import type { Standing } from './limits.ts';
import { oauthRoute } from './oauth/desk.ts';
import { originOf, personByRef } from './people.ts';
import { type Route, routeOf } from './routes.ts';
import type { Server } from './servers.ts';
import { lieAbout, strikeWith } from './strike.ts';
import { charge } from './throttle.ts';
import { webfinger } from './webfinger.ts';

/** The HTTP server of one of the servers that speak Mastodon's API. */
export function fediServer(site: Site, server: Server): HttpServer {
  const http = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://sandbox');
    if (url.pathname === '/.well-known/webfinger') return void finger(site, server, res, url.searchParams);
    const oauth = oauthRoute(site, server, req, res, url);
    if (oauth) return;
    const found = routeOf(req.method ?? '', url.pathname);
    if (found === null) return void replyJson(res, 404, { error: 'The page you are looking for is not here' });
    readBody(req, MOST_BYTES, (text) => receive({ site, server, req, res, url, text, ...found }));
  });
  http.keepAliveTimeout = 120_000;
  http.requestTimeout = 0;
  return http;
}

function finger(site: Site, server: Server, res: ServerResponse, params: URLSearchParams): void {
  site.counters.request('m/webfinger');
  const struck = site.faults.strike('m/webfinger', () => true).fault;
  if (struck?.kind === 'html') return void reply(res, 200, HTML_TYPE, '<!doctype html><title>Hello</title>');
  if (struck?.kind === 'gone') return void reply(res, 410, HTML_TYPE, '<!doctype html><title>Gone</title>');
  if (struck !== null && /^\d+$/.test(struck.kind))
    return void replyJson(res, Number(struck.kind), { error: 'Broken' });
  const answer = webfinger(site, server, params.get('resource') ?? '');
  if (answer === null) return void reply(res, 404, HTML_TYPE, '');
  reply(res, 200, 'application/jrd+json; charset=utf-8', JSON.stringify(answer));
}

/** One request on its way to an answer. */
export type Exchange = {
  site: Site;
  server: Server;
  req: IncomingMessage;
  res: ServerResponse;
  url: URL;
  text: string | null;
  route: Route;
  id: string;
};

function receive(exchange: Exchange): void {
  const { site, server, req, url, route, id } = exchange;
  const name = `m/${route.name}`;
  site.counters.request(name);
  const sent = /^Bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1];
  const known = sent === undefined ? undefined : site.state.fediverse.tokens.get(sent);
  const good = known !== undefined && !known.dead && (known.until ?? Number.POSITIVE_INFINITY) > site.clock.now();
  const token = good && known.server === server.index ? known : null;
  const person = token?.ref == null ? null : personByRef(site, token.ref);
  const account = person === null ? null : `${person.username}@${person.server.name}`;
  const { fault, waitMs } = site.faults.strike(name, (wanted) => wanted === account || wanted === server.name);
  const call: Call = {
    site,
    server,
    params: url.searchParams,
    body: fieldsOf(req, exchange.text ?? ''),
    token,
    id,
    path: url.pathname,
    seen: [],
    headers: [],
    unknownYet: fault?.kind === 'unknown-yet',
  };
  const go = () => answer(exchange, call, { fault, account, badToken: sent !== undefined && token === null });
  if (waitMs > 0) setTimeout(go, waitMs);
  else go();
}

type About = { fault: Fault | null; account: string | null; badToken: boolean };

function answer(exchange: Exchange, call: Call, { fault, account, badToken }: About): void {
  const { site, server, req, res, route } = exchange;
  let standing: Standing | null = null;
  const note = (status: number) => {
    site.counters.status(status);
    site.recent.add({ at: site.clock.now(), method: `m/${route.name}`, account, status, fault: fault?.kind ?? null });
  };
  const send = (status: number, body: object) => {
    note(status);
    reply(res, status, JSON_TYPE, JSON.stringify(body), [...limitHeaders(standing, site.clock.now()), ...call.headers]);
  };
  const hangUp = () => {
    note(0);
    req.socket.resetAndDestroy();
  };
  try {
    if (site.state.limits) standing = charge(call, req);
    if (fault?.kind === 'reset-before') return void hangUp();
    const struck = fault === null ? null : strikeWith(fault, call);
    if (struck !== null) {
      note(struck.status);
      return void reply(res, struck.status, struck.type, struck.text, struck.headers);
    }
    if (standing?.exceeded) return void send(429, { error: 'Too many requests' });
    if (badToken) return void send(401, { error: 'The access token is invalid' });
    const result = route.run(call);
    if (fault !== null) lieAbout(fault, call, originOf(site, server));
    if (fault?.kind === 'applied-then-reset') return void hangUp();
    if (fault?.kind === 'duplicate') return void send(422, { error: 'Duplicate record' });
    send(200, result);
  } catch (error) {
    if (!(error instanceof ApiError)) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    send(error instanceof ApiError ? error.status : 500, {
      error: error instanceof ApiError ? error.message : 'Broken',
    });
  }
}

/** The closest limit only, and its reset as a date. There is no Retry-After. */
function limitHeaders(standing: Standing | null, now: number): string[] {
  if (standing === null) return [];
  // As the real one counts it: whole seconds left, from an instant with its fractions.
  const left = standing.throttle.seconds - (Math.floor(now / 1_000) % standing.throttle.seconds);
  const reset = new Date(now + left * 1_000).toISOString().replace(/(\.\d{3})Z$/, '$1000Z');
  return [
    'X-RateLimit-Limit',
    String(standing.throttle.requests),
    'X-RateLimit-Remaining',
    String(standing.remaining),
    'X-RateLimit-Reset',
    reset,
  ];
}
