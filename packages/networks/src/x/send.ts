import type { GuardedFetch, GuardedRequest } from '../http/index.ts';
import type { Gate } from '../port.ts';
import { READ_TIMEOUT, WRITE_TIMEOUT } from './limits.ts';

/** As whom a request is made: our app, an account, or nobody yet (the token endpoint names the app in its own way). */
export type As = { kind: 'app'; token: string } | { kind: 'account'; token: string } | { kind: 'client' };

export type Send = (as: As, url: URL, request: Omit<GuardedRequest, 'timeout'>) => Promise<Response>;

/** X counts our app's requests by endpoint: posts and lists have fewer of them. */
const NARROW = /^\/2\/(?:tweets|lists)\//;

/**
 * What is asked as our app is counted for all its users together and asks a gate first; an account's requests X counts by
 * account, for which its own budget answers. The deadline starts when a request is let through.
 */
export function sender(fetch: GuardedFetch, { gate, narrowGate }: { gate: Gate; narrowGate: Gate }): Send {
  return async (as, url, { headers, ...request }) => {
    if (as.kind === 'app') await (NARROW.test(url.pathname) ? narrowGate : gate).pass(endpointOf(url), 1);
    const given = headers instanceof Headers ? Object.fromEntries(headers) : headers;
    return fetch(url, {
      ...request,
      headers: {
        accept: 'application/json',
        ...given,
        ...(as.kind === 'client' ? {} : { authorization: `Bearer ${as.token}` }),
      },
      timeout: request.method === undefined || request.method === 'GET' ? READ_TIMEOUT : WRITE_TIMEOUT,
    });
  };
}

/** The ledger's name of what is asked: the address without whom it is about. */
function endpointOf(url: URL): string {
  const path = url.pathname
    .replace(/^\/2\/users\/by\/username\/[^/]+$/, '/2/users/:id')
    .replace(/(?<=.)\/\d+/g, '/:id');
  return `${url.host}${path}`;
}

/** The answer as JSON, null where it is none. */
export async function jsonOf(response: Response): Promise<unknown> {
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(response.headers.get('content-type') ?? '')) return null;
  try {
    return await response.json();
  } catch {
    return null;
  }
}
