import type { GuardedFetch, GuardedRequest } from '../http/index.ts';
import type { Gate } from '../port.ts';
import { READ_TIMEOUT, WRITE_TIMEOUT } from './limits.ts';

/** Sends requests to servers that strangers chose. Answers with whatever came back; throws what the transport throws. */
export type Send = (
  url: URL,
  request?: Omit<GuardedRequest, 'timeout'> & { token?: string | null },
) => Promise<Response>;

/** Answers that hold a whole conversation. */
const LARGE = /^\/api\/v1\/statuses\/[^/]+\/context$/;

/** Parameters that make a request one for a further page: `paging_request?` of Mastodon's rack_attack.rb. */
const PAGING = ['max_id', 'min_id', 'since_id', 'page'];

/**
 * Requests without a token are counted by our address and ask the gates first; those with one are counted by the token, for
 * which the account's own budget answers. The deadline starts when a request is let through.
 */
export function sender(fetch: GuardedFetch, gates: { gate: Gate; pagingGate: Gate }): Send {
  return async (url, { token = null, headers, ...request } = {}) => {
    if (token === null) {
      if (isPaging(url)) await gates.pagingGate.pass(url.host, 1);
      await gates.gate.pass(url.host, 1);
    }
    const given = headers instanceof Headers ? Object.fromEntries(headers) : headers;
    return fetch(url, {
      ...request,
      headers: {
        accept: 'application/json',
        ...given,
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      large: LARGE.test(url.pathname),
      timeout: isWrite(request.method) ? WRITE_TIMEOUT : READ_TIMEOUT,
    });
  };
}

export function isPaging(url: URL): boolean {
  return PAGING.some((name) => url.searchParams.has(name));
}

function isWrite(method: string | undefined): boolean {
  return method !== undefined && method !== 'GET';
}

/** The answer as JSON, null where it is none. */
export async function jsonOf(response: Response): Promise<unknown> {
  if (!isJson(response)) return null;
  try {
    return await response.json();
  } catch {
    return null;
  }
}

/** Whether it is an answer of the API, and not of something that stands before or in place of it. */
export function isJson(response: { headers: Headers }): boolean {
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(response.headers.get('content-type') ?? '');
}
