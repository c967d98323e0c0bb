import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.ts';
import { MOST_BYTES, readBody } from '../http/body.ts';
import { JSON_TYPE, reply } from '../http/reply.ts';
import type { Desk } from '../http/server.ts';
import { fieldsOf } from '../mastodon/fields.ts';
import type { Site } from '../site.ts';
import type { Call } from './call.ts';
import { X_LIMITS, type XStanding } from './limits.ts';
import { X_APP } from './oauth/app.ts';
import { xOAuthRoute } from './oauth/desk.ts';
import { personByRef } from './people.ts';
import { chargeFor } from './prices.ts';
import { noCredits, Problem, tooMany, unauthorized } from './problem.ts';
import { type Route, routeOf } from './routes.ts';
import { strikeWith } from './strike.ts';

/** Plays api.x.com under /2/, and the page of x.com on which people sign in. */
export function xDesk(site: Site): Desk {
  return (req, res, path, query) => {
    if (xOAuthRoute(site, req, res, path, query)) return true;
    const found = path.startsWith('/2/') ? routeOf(req.method ?? '', path.slice(3)) : null;
    if (found === null) return false;
    readBody(req, MOST_BYTES, (text) =>
      receive({ site, req, res, route: found.route }, found.parts, query, fieldsOf(req, text ?? '')),
    );
    return true;
  };
}

type Exchange = { site: Site; req: IncomingMessage; res: ServerResponse; route: Route };

function receive(exchange: Exchange, path: string[], params: URLSearchParams, body: Record<string, unknown>): void {
  const { site, req, route } = exchange;
  const name = `x/${route.name}`;
  site.counters.request(name);
  const by = whoAsks(site, req);
  const person = by === null || by === 'app' ? null : personByRef(site, by.ref);
  const account = person?.username ?? null;
  const isAbout = (wanted: string) => wanted.toLowerCase() === account?.toLowerCase() || path.includes(wanted);
  const { fault, waitMs } = site.faults.strike(name, isAbout);
  const call: Call = { site, params, body, path, by, untold: fault?.kind === 'relations-untold', owed: [] };
  const go = () => answer(exchange, call, fault, account);
  if (waitMs > 0) setTimeout(go, waitMs);
  else go();
}

function answer({ site, req, res, route }: Exchange, call: Call, fault: Fault | null, account: string | null): void {
  let standing: XStanding | null = null;
  const note = (status: number) => {
    site.counters.status(status);
    site.recent.add({ at: site.clock.now(), method: `x/${route.name}`, account, status, fault: fault?.kind ?? null });
  };
  const send = (status: number, body: object) => {
    note(status);
    reply(res, status, JSON_TYPE, JSON.stringify(body), limitHeaders(standing));
  };
  const hangUp = () => {
    note(0);
    req.socket.resetAndDestroy();
  };
  try {
    if (call.by === null) throw unauthorized();
    standing = site.state.limits ? count(call, route) : null;
    if (fault?.kind === 'reset-before') return void hangUp();
    if (fault !== null && strikeWith(fault, call, res, limitHeaders(standing), note)) return;
    if (standing?.exceeded) throw tooMany();
    const { credit } = site.state.x.app;
    // Whoever has nothing left can still ask who they are.
    if (credit !== null && credit <= 0 && route.name !== 'users/me') throw noCredits();
    const result = route.run(call);
    for (const { kind, resources } of call.owed) chargeFor(site, kind, resources);
    if (fault?.kind === 'applied-then-reset') return void hangUp();
    send(200, result);
  } catch (error) {
    if (error instanceof Problem) return void send(error.status, error.body);
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    send(500, { title: 'Internal Server Error', type: 'about:blank', status: 500 });
  }
}

/** The app by its own token, an account by one that still works, or nobody. */
function whoAsks(site: Site, req: IncomingMessage): Call['by'] {
  const token = /^Bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? '';
  if (token === X_APP.bearer) return 'app';
  const grant = site.state.x.byAccess.get(token);
  return grant === undefined || grant.dead || grant.accessUntil <= site.clock.now() ? null : grant;
}

function count({ site, by }: Call, { name }: Route): XStanding | null {
  const { app, account } = X_LIMITS[name];
  const limit = by === 'app' ? app : account;
  const who = by === 'app' || by === null ? 'app' : by.ref;
  return limit === null ? null : site.xLimits.use(`${name} ${who}`, limit, site.clock.now());
}

/** Seconds since 1970. There is no Retry-After. */
function limitHeaders(standing: XStanding | null): string[] {
  if (standing === null) return [];
  return [
    'x-rate-limit-limit',
    String(standing.limit),
    'x-rate-limit-remaining',
    String(standing.remaining),
    'x-rate-limit-reset',
    String(Math.ceil(standing.resetAt / 1_000)),
  ];
}
