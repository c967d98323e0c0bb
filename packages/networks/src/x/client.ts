import type { ITwitterApiBeforeRequestConfigHookArgs, TwitterApiv2 } from 'twitter-api-v2';
import { Unreadable } from '../http/index.ts';
import { Refused } from './errors.ts';
import { problemSchema } from './schemas.ts';
import { type As, jsonOf, type Send } from './send.ts';

/** The client, bound to whoever asks. Its types are what X claims, so every answer is parsed. */
export type Client = TwitterApiv2;

/** What a call came to, and the headers of its answer. */
export type Answer = { data: unknown; headers: Headers };

/** Makes one call. */
export type Ask = (as: As, call: (client: Client) => Promise<unknown>) => Promise<Answer>;

type Asked = ITwitterApiBeforeRequestConfigHookArgs['params'];

/**
 * Runs the client's calls over the guarded fetch. The client takes an answer from a plug-in in place of its own request,
 * which would go past the guard and always to `api.x.com`: routes and parameters are its, the request is ours. It is loaded
 * with the first call: some 15 MiB that a worker without anything to do on X goes without (`npm run prove:bench`).
 */
export function asker(send: Send, apiUrl: string): Ask {
  return async (as, call) => {
    let headers = new Headers();
    const transport = {
      onBeforeRequestConfig: async ({ params }: { params: Asked }) => {
        const url = urlOf(params, apiUrl);
        const body = hasBody(params) ? JSON.stringify(params.body) : null;
        const response = await send(as, url, {
          method: params.method === 'POST' ? 'POST' : params.method === 'DELETE' ? 'DELETE' : 'GET',
          body,
          ...(body === null ? {} : { headers: { 'content-type': 'application/json' } }),
        });
        headers = response.headers;
        const data = await jsonOf(response);
        if (!response.ok) {
          const read = problemSchema.safeParse(data);
          throw new Refused(response.status, headers, read.success ? read.data : null);
        }
        if (typeof data !== 'object' || data === null) throw new Unreadable(`${url.pathname}: no JSON`);
        return { data, headers: {} };
      },
    };
    const { TwitterApi } = await import('twitter-api-v2');
    // Without a token of its own: whoever asks is named by the request alone.
    const data = await call(new TwitterApi(undefined, { plugins: [transport] }).v2);
    return { data, headers };
  };
}

function hasBody({ method, body }: Asked): boolean {
  return method === 'POST' && typeof body === 'object' && body !== null && Object.keys(body).length > 0;
}

/** The address at X, or at what stands in its place: names in the path filled in, lists joined by commas. */
function urlOf({ url: given, params = {}, query = {} }: Asked, apiUrl: string): URL {
  const meant = new URL(given);
  const path = meant.pathname.replace(/:(\w+)/g, (whole, name: string) =>
    params[name] === undefined ? whole : encodeURIComponent(String(params[name])),
  );
  const url = new URL(path, apiUrl);
  for (const [name, value] of [...meant.searchParams, ...Object.entries(query)])
    if (value !== undefined && value !== null)
      url.searchParams.set(name, Array.isArray(value) ? value.join(',') : String(value));
  return url;
}
