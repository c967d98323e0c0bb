import { AppBskyNS, ComAtprotoNS, lexicons } from '@atproto/api';
import { XrpcClient } from '@atproto/xrpc';
import type { GuardedFetch } from '../http/index.ts';
import { type Gate, NetworkError } from '../port.ts';
import { READ_TIMEOUT, WRITE_TIMEOUT } from './limits.ts';

/** The official client, bound to one server. */
export type Client = { com: ComAtprotoNS; app: AppBskyNS };
export type Connect = (origin: string) => Client;

/** Answers that hold a whole conversation. */
const LARGE = new Set(['/xrpc/app.bsky.feed.getPostThread']);

/** Statuses with a retry in their meaning that the client would fold into 400: RFC 9110 §15.5.9, RFC 8470, RFC 9110 §15.5.20. */
const COME_AGAIN = new Set([408, 421, 425]);

/**
 * Binds the official client to servers. Making one is cheap since all share the parsed lexicons. Every request asks
 * the gate first, and its deadline starts when it is let through.
 */
export function connector(fetch: GuardedFetch, gate: Gate): Connect {
  return (origin) =>
    clientOver(async (path, init) => {
      const url = new URL(path, origin);
      await gate.pass(url.host, 1);
      const write = isWrite(init);
      return fetch(url, {
        method: write ? 'POST' : 'GET',
        headers: new Headers(init.headers),
        body: bodyOf(init.body),
        timeout: write ? WRITE_TIMEOUT : READ_TIMEOUT,
        large: LARGE.has(url.pathname),
      });
    });
}

/** The official client over anything that sends its requests. */
export function clientOver(send: (path: string, init: RequestInit) => Promise<Response>): Client {
  const xrpc = new XrpcClient(async (path, init) => {
    const response = await send(path, init);
    if (COME_AGAIN.has(response.status)) throw new NetworkError('down', { uncertain: isWrite(init) });
    return response;
  }, lexicons);
  return { com: new ComAtprotoNS(xrpc), app: new AppBskyNS(xrpc) };
}

function isWrite(init: RequestInit): boolean {
  return init.method?.toUpperCase() === 'POST';
}

/** The client encodes JSON to bytes; nothing here sends streams or forms. */
function bodyOf(body: unknown): Uint8Array | null {
  if (body === null || body === undefined) return null;
  if (body instanceof Uint8Array) return body;
  throw new TypeError('only JSON is sent');
}

/** Options of a call made with an access token. */
export function bearer(token: string): { headers: { authorization: string } } {
  return { headers: { authorization: `Bearer ${token}` } };
}
