import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { readBody } from '../http/body.ts';
import { JSON_TYPE, replyJson } from '../http/reply.ts';
import type { Desk } from '../http/server.ts';
import type { Site } from '../site.ts';
import { BLOCK, COLLECTIONS } from '../state/events.ts';
import type { Command } from './command.ts';
import { CommandError } from './command-error.ts';
import type { SandboxControl } from './control.ts';
import { faultSchema } from './fault-schema.ts';
import { named } from './named.ts';
import { allAccounts, recordChunks, writeChunks } from './streams.ts';

/** Control requests may carry thousands of accounts. */
const MOST_BYTES = 64_000_000;

const clockSchema = z.union([z.object({ advanceMs: z.int() }), z.object({ offsetMs: z.int() })]);

type Ask = { query: URLSearchParams; body: unknown; id: string; res: ServerResponse };
type Route = (ask: Ask) => unknown;

/** The control API over HTTP. Every reply is JSON; what can't be done is 400 with a sentence. */
export function controlDesk(site: Site, control: SandboxControl): Desk {
  const one = (query: URLSearchParams, name: string) =>
    z.string({ error: `${name} is missing` }).parse(query.get(name));
  const routes: Record<string, Route> = {
    'GET /clock': () => control.clock(),
    'POST /clock': async ({ body }) => {
      const wanted = clockSchema.parse(body);
      if ('advanceMs' in wanted) return control.advance(wanted.advanceMs);
      await control.perform({ do: 'set-clock', offsetMs: wanted.offsetMs });
      return control.clock();
    },
    'GET /faults': () => control.faults(),
    'POST /faults': ({ body }) => control.addFault(faultSchema.parse(body)),
    'DELETE /faults': ({ id }) => (id === '' ? control.clearFaults() : control.removeFault(Number(id))),
    'GET /sandbox/state': () => control.state(),
    'GET /sandbox/person': ({ query }) => control.person(one(query, 'name')),
    'GET /sandbox/followers': ({ query }) =>
      control.followers(one(query, 'account'), Number(query.get('from') ?? 0), Number(query.get('count') ?? 100)),
    'GET /sandbox/posts': () => control.posts(),
    'GET /sandbox/lists': () => control.lists(),
    'GET /sandbox/mutes': ({ query }) => control.mutes(one(query, 'account')),
    'GET /sandbox/grants': ({ query }) => control.grants(one(query, 'account')),
    'GET /sandbox/counters': () => control.counters(),
    'GET /sandbox/records': ({ query, res }) => {
      const account = query.get('account');
      const people = account === null ? allAccounts(site) : [named(site.state, account)];
      const collection = z.enum(COLLECTIONS).parse(query.get('collection') ?? BLOCK);
      stream(res, recordChunks(site, collection, people));
    },
    'GET /sandbox/writes': ({ query, res }) => {
      const account = query.get('account');
      stream(res, writeChunks(site, account === null ? null : named(site.state, account).did));
    },
    'GET /sandbox/fediverse/servers': () => control.fediverse.servers(),
    'GET /sandbox/fediverse/person': ({ query }) => control.fediverse.person(one(query, 'name')),
    'GET /sandbox/fediverse/followers': ({ query }) =>
      control.fediverse.followers(
        one(query, 'account'),
        Number(query.get('from') ?? 0),
        Number(query.get('count') ?? 100),
      ),
    'GET /sandbox/fediverse/posts': () => control.fediverse.posts(),
    'GET /sandbox/fediverse/lists': () => control.fediverse.lists(),
    'GET /sandbox/fediverse/held': ({ query }) => control.fediverse.held(one(query, 'account')),
    'GET /sandbox/x/person': ({ query }) => control.x.person(one(query, 'name')),
    'GET /sandbox/x/followers': ({ query }) =>
      control.x.followers(one(query, 'account'), Number(query.get('from') ?? 0), Number(query.get('count') ?? 100)),
    'GET /sandbox/x/held': ({ query }) => control.x.held(one(query, 'account')),
    'GET /sandbox/x/grants': ({ query }) => control.x.grants(one(query, 'account')),
    'GET /sandbox/x/app': () => control.x.app(),
    'GET /sandbox/x/posts': () => control.x.posts(),
    'GET /sandbox/x/lists': () => control.x.lists(),
    'POST /sandbox/commands': ({ body }) => control.perform(...([body].flat() as Command[])),
    'POST /sandbox/accounts': ({ body }) => control.addAccounts(z.array(z.any()).parse(body)),
    'POST /sandbox/reset': () => control.reset(),
  };
  return (req, res, path, query) => {
    const id = /^\/faults\/(\d+)$/.exec(path)?.[1] ?? '';
    const route = routes[`${req.method} ${id === '' ? path : '/faults'}`];
    if (route === undefined) return false;
    readBody(req, MOST_BYTES, (text) => void attend(route, res, text, query, id));
    return true;
  };
}

async function attend(route: Route, res: ServerResponse, text: string | null, query: URLSearchParams, id: string) {
  try {
    const body: unknown = text === null || text === '' ? null : JSON.parse(text);
    const result = await route({ query, body, id, res });
    if (!res.headersSent) replyJson(res, 200, result ?? {});
  } catch (error) {
    const known = error instanceof CommandError || error instanceof z.ZodError || error instanceof SyntaxError;
    replyJson(res, known ? 400 : 500, { error: error instanceof z.ZodError ? z.prettifyError(error) : String(error) });
  }
}

function stream(res: ServerResponse, chunks: Iterable<string>): void {
  res.writeHead(200, { 'content-type': JSON_TYPE });
  Readable.from(chunks).pipe(res);
}
