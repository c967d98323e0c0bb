import { isIP } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { AddressRefused } from './address-refused.ts';
import { isLoopback, isPublicAddress } from './addresses.ts';
import { checkedLookup, type Resolve } from './lookup.ts';

export type GuardedRequest = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers?: Headers | Record<string, string>;
  body?: Uint8Array | string | null;
  /** Milliseconds for the whole exchange: name, connection, request, answer to its last byte. */
  timeout: number;
  /** Whether a much longer answer is awaited than a page: a whole conversation. */
  large?: boolean;
};

export type GuardedFetch = {
  /** Answers with whatever the host said, redirects included: none is followed. Throws AddressRefused before sending. */
  (url: URL, request: GuardedRequest): Promise<Response>;
  /** Ends idle connections and those in use. */
  close(): Promise<void>;
};

/** Bytes of an answer. The largest that is asked for, a page of 100 detailed profiles, is under 300 kB. */
const MAX_RESPONSE = 2 * 1024 * 1024;
/** The same of a large one. A conversation on Mastodon has up to 4,096 posts, of some 3 kB each. */
const MAX_LARGE_RESPONSE = 16 * 1024 * 1024;
/** Open connections to one origin. Hundreds of calls are in flight at once in a worker. */
const CONNECTIONS = 256;
/** The same where answers are large: together they are as large as memory allows. */
const LARGE_CONNECTIONS = 4;
/** Shorter than the 5 s after which Node's own HTTP server closes an idle connection under a request. */
const KEEP_ALIVE = 4_000;
const CONNECT_TIMEOUT = 5_000;
const WITHOUT_BODY = new Set([204, 205, 304]);

/** Port of https: servers of every network stand there, and at others stands what must not be called as if by a browser. */
const PORT = '';

export type GuardedFetchOptions = {
  /** Admits this machine, and http and any port of it: development and tests. */
  allowLoopback: boolean;
  /** Looks names up; the system's resolver unless given. */
  resolve?: Resolve;
};

/**
 * One fetch for every address that a stranger chose: https only, at its own port, public addresses only, each name
 * resolved once for a connection and that connection bound to what was found, bounded in time and size, no redirects.
 * A compressed answer is handed over as it came: what is small on the way never becomes large here.
 */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const allowed = (address: string) => isPublicAddress(address) || (options.allowLoopback && isLoopback(address));
  const agentFor = (connections: number, maxResponseSize: number) =>
    new Agent({
      connections,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE,
      maxResponseSize,
      allowH2: false,
      connect: { timeout: CONNECT_TIMEOUT, lookup: checkedLookup(allowed, options.resolve) },
    });
  const usual = agentFor(CONNECTIONS, MAX_RESPONSE);
  const large = agentFor(LARGE_CONNECTIONS, MAX_LARGE_RESPONSE);

  const guarded = async (url: URL, request: GuardedRequest): Promise<Response> => {
    refuse(url, allowed, options.allowLoopback);
    const { statusCode, headers, body } = await (request.large ? large : usual).request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: request.method ?? 'GET',
      headers: plain(request.headers),
      body: request.body ?? null,
      signal: AbortSignal.timeout(request.timeout),
    });
    const bytes = await body.arrayBuffer();
    return new Response(WITHOUT_BODY.has(statusCode) ? null : bytes, {
      status: statusCode,
      headers: pairs(headers),
    });
  };
  return Object.assign(guarded, {
    close: async () => {
      await Promise.all([usual.destroy(), large.destroy()]);
    },
  });
}

function refuse(url: URL, allowed: (address: string) => boolean, allowLoopback: boolean): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !allowed(host)) throw new AddressRefused(host, 'not a public address');
  if (url.username !== '' || url.password !== '') throw new AddressRefused(host, 'carries a password');
  const local = allowLoopback && (host === 'localhost' || isLoopback(host));
  if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) throw new AddressRefused(host, 'not https');
  if (url.port !== PORT && !local) throw new AddressRefused(host, `at port ${url.port}`);
}

function plain(headers: GuardedRequest['headers']): Record<string, string> {
  return headers instanceof Headers ? Object.fromEntries(headers) : (headers ?? {});
}

function pairs(headers: Awaited<ReturnType<Dispatcher['request']>>['headers']): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return [];
    return typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one]);
  });
}
