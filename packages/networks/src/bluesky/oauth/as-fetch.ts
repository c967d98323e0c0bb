import type { GuardedFetch } from '../../http/index.ts';
import type { Gate } from '../../port.ts';
import { READ_TIMEOUT, WRITE_TIMEOUT } from '../limits.ts';

/** The guarded fetch as the OAuth library wants one: every address it calls was chosen by a stranger. */
export function asFetch(fetch: GuardedFetch, gate: Gate): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    await gate.pass(url.host, 1);
    const write = request.method === 'POST';
    return fetch(url, {
      method: write ? 'POST' : 'GET',
      headers: request.headers,
      body: write ? new Uint8Array(await request.arrayBuffer()) : null,
      timeout: write ? WRITE_TIMEOUT : READ_TIMEOUT,
    });
  };
}
