import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientAddress } from './client-address.ts';

/** The header under which the app finds the address a request came from. What a client sends under this name is dropped. */
export const CLIENT_ADDRESS = 'x-client-address';

/** Seconds for which a browser that came once by https comes by nothing else: two years. */
const STRICT_TRANSPORT = 'max-age=63072000';

export type EachRequest = {
  /** Whether people reach us by https. */
  https: boolean;
  /** Proxies of ours between them and us. */
  trustedHops: number;
};

/**
 * Does what every request and answer needs, files of the build included, before Next sees them: Next hands on neither
 * the socket's address nor whether a forwarded one was only claimed. Returns what ends it.
 */
export function onEachRequest({ https, trustedHops }: EachRequest): () => void {
  const begin = (message: unknown) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    request.headers[CLIENT_ADDRESS] = clientAddress(request, trustedHops);
    if (https) response.setHeader('Strict-Transport-Security', STRICT_TRANSPORT);
  };
  subscribe('http.server.request.start', begin);
  return () => unsubscribe('http.server.request.start', begin);
}
