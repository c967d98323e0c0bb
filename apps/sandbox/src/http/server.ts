import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { didDocument } from '../bluesky/identity.ts';
import { serveXrpc } from '../bluesky/serve.ts';
import type { Site } from '../site.ts';
import { replyJson } from './reply.ts';

/** Answers a request that is not of the wire protocol; false when it knows no such address. */
export type Desk = (req: IncomingMessage, res: ServerResponse, path: string, query: URLSearchParams) => boolean;

const XRPC = '/xrpc/';

/** The one server that plays every part of the network. */
export function siteServer(site: Site, desks: Desk[]): Server {
  const server = createServer((req, res) => {
    const url = req.url ?? '/';
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    const query = mark < 0 ? '' : url.slice(mark + 1);
    if (path.startsWith(XRPC)) return void serveXrpc(site, req, res, path.slice(XRPC.length), query);
    if (/^\/did(:|%3A)/i.test(path)) return void serveDid(site, res, path.slice(1));
    if (path === '/health') return void replyJson(res, 200, { ok: true });
    if (req.method !== 'GET' && isForeign(req)) return void replyJson(res, 403, { error: 'from another site' });
    const params = new URLSearchParams(query);
    if (!desks.some((desk) => desk(req, res, path, params))) replyJson(res, 404, { error: 'no such address' });
  });
  // Clients keep their connections; closing one under a request looks like a fault that nobody asked for.
  server.keepAliveTimeout = 120_000;
  server.requestTimeout = 0;
  return server;
}

function serveDid(site: Site, res: ServerResponse, did: string): void {
  const document = didDocument(site, decodeURIComponent(did));
  if (document === null) replyJson(res, 404, { message: `DID not registered: ${did}` });
  else replyJson(res, 200, document);
}

/** Whether a page of another site made the browser send this. */
function isForeign(req: IncomingMessage): boolean {
  const from = req.headers['sec-fetch-site'];
  return from !== undefined && from !== 'same-origin' && from !== 'none';
}
