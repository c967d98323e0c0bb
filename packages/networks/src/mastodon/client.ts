import type { mastodon } from 'masto';
import { HttpActionDispatcherHookMastodon } from 'masto/adapters/action/dispatcher-http-hook-mastodon.js';
import { createActionProxy, HttpActionDispatcher } from 'masto/adapters/action/index.js';
import { BaseHttp } from 'masto/adapters/http/index.js';
import { SerializerNativeImpl } from 'masto/adapters/serializers/index.js';
import type { HttpRequestParams, HttpResponse } from 'masto/interfaces/index.js';
import { Unreadable } from '../http/index.ts';
import { Refused } from './errors.ts';
import { isJson, isPaging, type Send } from './send.ts';

/** The client, bound to one server and, where there is one, an account's token. Its types are what servers claim. */
export type Client = mastodon.rest.Client;
export type Connect = (origin: string, token: string | null) => Client;

const serializer = new SerializerNativeImpl();

/** Binds the client to servers, over the guarded fetch in place of its own. */
export function connector(send: Send): Connect {
  return (origin, token) => {
    const http = new GuardedHttp(origin, token, send);
    const dispatcher = new HttpActionDispatcher(http, new HttpActionDispatcherHookMastodon(http));
    return createActionProxy(dispatcher, { context: ['api'] }) as Client;
  };
}

/** The client's transport. Calls made with `$raw` hand on the answer's headers too. */
class GuardedHttp extends BaseHttp {
  readonly #origin: string;
  readonly #token: string | null;
  readonly #send: Send;

  constructor(origin: string, token: string | null, send: Send) {
    super();
    this.#origin = origin;
    this.#token = token;
    this.#send = send;
  }

  async request<T>({ method, path, search, body }: HttpRequestParams): Promise<HttpResponse<T>> {
    const url = new URL(path, this.#origin);
    if (search !== undefined) {
      url.search = typeof search === 'string' ? search : (serializer.serialize('querystring', search) as string);
    }
    const sent = body === undefined ? null : (serializer.serialize('json', body) as string);
    const response = await this.#send(url, {
      method: method === 'GET' ? 'GET' : 'POST',
      body: sent,
      token: this.#token,
      ...(sent === null ? {} : { headers: { 'content-type': 'application/json' } }),
    });
    const { status, headers } = response;
    if (!response.ok) throw new Refused(status, headers, { json: isJson(response), paging: isPaging(url) });
    if (!isJson(response)) throw new Unreadable(`${url.pathname}: not JSON`);
    return { headers, data: parsed<T>(await response.text(), url.pathname) };
  }
}

function parsed<T>(text: string, path: string): T {
  try {
    return serializer.deserialize<T>('json', text);
  } catch {
    // The client's own error carries the whole answer.
    throw new Unreadable(`${path}: no JSON in it`);
  }
}
