import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.ts';
import { MOST_BYTES, readBody } from '../http/body.ts';
import { JSON_TYPE, reply } from '../http/reply.ts';
import { tightest } from '../limits/limits.ts';
import type { LimitStatus } from '../limits/windows.ts';
import { nonceOf } from '../oauth/nonce.ts';
import type { Site } from '../site.ts';
import { personByName } from '../state/people.ts';
import { Challenge, invalid, LimitExceeded, untyped, XrpcError } from './errors.ts';
import type { Call, Method } from './method.ts';
import { METHODS } from './methods.ts';
import { type Presented, presented } from './presented.ts';
import { breaks, faultError } from './strike.ts';

const NO_PARAMS = new URLSearchParams();

/** Answers one request to /xrpc/<name>. */
export function serveXrpc(site: Site, req: IncomingMessage, res: ServerResponse, name: string, query: string): void {
  const exchange: Exchange = { site, req, res, name, account: null, limit: null, fault: null, headers: [] };
  site.counters.request(name);
  const method = METHODS.get(name);
  if (method === undefined)
    return void answerError(exchange, new XrpcError(501, 'MethodNotImplemented', 'Method Not Implemented'));
  if (req.method !== method.verb)
    return void answerError(exchange, invalid(`Incorrect HTTP method (${req.method}) expected ${method.verb}`));
  const params = query === '' ? NO_PARAMS : new URLSearchParams(query);
  if (method.verb === 'GET') return void receive(exchange, method, params, undefined);
  readBody(req, MOST_BYTES, (text) => {
    if (text === null)
      return void answerError(exchange, new XrpcError(413, 'PayloadTooLarge', 'request entity too large'));
    const body = text === '' ? undefined : parse(text);
    if (body instanceof XrpcError) return void answerError(exchange, body);
    receive(exchange, method, params, body);
  });
}

/** One request on its way to an answer, with what its answer has to tell. */
type Exchange = {
  site: Site;
  req: IncomingMessage;
  res: ServerResponse;
  name: string;
  /** The DID whose credentials came with it. */
  account: string | null;
  /** The limit with fewest points left among those that it used. */
  limit: LimitStatus | null;
  fault: Fault | null;
  /** Further headers of the answer: names and values in turn. */
  headers: string[];
};

function receive(exchange: Exchange, method: Method, params: URLSearchParams, body: unknown): void {
  const { site, req } = exchange;
  const { token, session }: Presented = presented(site, req, exchange.name);
  exchange.account = session !== null && !(session instanceof XrpcError) ? session.did : null;
  if (req.headers.dpop !== undefined) exchange.headers.push('dpop-nonce', nonceOf(site));
  const forwarded = req.headers['x-forwarded-for'];
  const address = typeof forwarded === 'string' ? forwarded : (req.socket.remoteAddress ?? '');
  const charge = (status: LimitStatus) => {
    exchange.limit = exchange.limit === null ? status : tightest(exchange.limit, status);
    if (status.exceeded) throw new LimitExceeded(status);
  };
  const call: Call = { site, params, body, token, session, address, charge };
  if (exchange.account !== null && typeof body === 'object') method.arrived?.(call, exchange.account);
  const struck = site.faults.strike(exchange.name, (account) => isAbout(call, exchange.account, account));
  exchange.fault = struck.fault;
  const go = () => answer(exchange, method, call);
  if (struck.waitMs > 0) setTimeout(go, struck.waitMs);
  else go();
}

function answer(exchange: Exchange, method: Method, call: Call): void {
  const { site, fault } = exchange;
  try {
    if (site.state.limits && (method.pds || call.token !== null))
      call.charge(site.limits.request(call.address, site.clock.now()));
    if (fault !== null && breaks(fault, 'before')) return void hangUp(exchange);
    const error = fault === null ? null : faultError(fault, call);
    if (error instanceof LimitExceeded) exchange.limit = error.limit;
    if (error !== null) throw error;
    const result = method.run(call);
    if (fault !== null && breaks(fault, 'after')) return void hangUp(exchange);
    if (result === null) return void send(exchange, 200, '');
    send(exchange, 200, typeof result === 'string' ? result : JSON.stringify(result));
  } catch (error) {
    answerError(exchange, error instanceof XrpcError ? error : untyped());
    if (!(error instanceof XrpcError)) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  }
}

function answerError(exchange: Exchange, error: XrpcError): void {
  if (error instanceof Challenge) exchange.headers.push('www-authenticate', error.header);
  send(exchange, error.status, JSON.stringify({ error: error.error, message: error.message }));
}

function send(exchange: Exchange, status: number, text: string): void {
  note(exchange, status);
  reply(exchange.res, status, JSON_TYPE, text, [...limitHeaders(exchange, status), ...exchange.headers]);
}

function hangUp(exchange: Exchange): void {
  note(exchange, 0);
  exchange.req.socket.resetAndDestroy();
}

function note({ site, name, account, fault }: Exchange, status: number): void {
  site.counters.status(status);
  site.recent.add({ at: site.clock.now(), method: name, account, status, fault: fault?.kind ?? null });
}

/** Times in headers are the sandbox's, in seconds. */
function limitHeaders({ site, limit }: Exchange, status: number): string[] {
  const headers: string[] = [];
  if (limit !== null) {
    const { policy, remaining, resetAt } = limit;
    headers.push('RateLimit-Limit', String(policy.points), 'RateLimit-Remaining', String(remaining));
    headers.push('RateLimit-Reset', String(Math.floor(resetAt / 1000)));
    headers.push('RateLimit-Policy', `${policy.points};w=${policy.seconds}`);
  }
  if (limit !== null && status === 429)
    headers.push('Retry-After', String(Math.ceil((limit.resetAt - site.clock.now()) / 1000)));
  return headers;
}

/** Whether a fault's account signed the request or, where nobody did, is named in it. */
function isAbout(call: Call, did: string | null, account: string): boolean {
  const { state } = call.site;
  const wanted = personByName(state, account)?.did ?? account;
  if (did !== null) return did === wanted;
  const body = (typeof call.body === 'object' ? call.body : null) as { identifier?: unknown } | null;
  const named = call.params.get('actor') ?? call.params.get('repo') ?? body?.identifier;
  return typeof named === 'string' && (named === wanted || personByName(state, named)?.did === wanted);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return invalid('Request body is not valid JSON');
  }
}
