import { z } from 'zod';
import { CALLBACK } from '../../callback.ts';
import { type AppStore, NetworkError } from '../../port.ts';
import { Refused } from '../errors.ts';
import { isJson, jsonOf, type Send } from '../send.ts';
import type { Endpoints } from './endpoints.ts';
import { declared } from './scopes.ts';

/** Keeps registrations in memory: for tests, and for installations of one process that don't mind registering anew. */
export function appsInMemory(): AppStore {
  const kept = new Map<string, string>();
  return {
    get: async (host) => kept.get(host) ?? null,
    async put(host, text) {
      kept.set(host, text);
    },
  };
}

const answerSchema = z.object({ client_id: z.string().min(1).max(500), client_secret: z.string().min(1).max(500) });
const keptSchema = z.object({ id: z.string(), secret: z.string(), redirect: z.string(), scope: z.string() });

/** As whom a server knows us. */
export type App = { id: string; secret: string; redirect: string };

/** `appUrl` is shown to people beside our name where they are asked. */
export type Registering = { send: Send; store: AppStore; appUrl: string };

/**
 * Where browsers come back to from a server. The address names the server, so that an answer can't be passed off as another
 * one's (RFC 9700, 4.4.2: servers of this kind don't name themselves).
 */
export function redirectFor(appUrl: string, server: string): string {
  const url = new URL(CALLBACK, appUrl);
  url.searchParams.set('iss', server);
  return url.href;
}

/**
 * Our registration with a server: the one there is while the server still knows it (before 4.3 unused ones were thrown away),
 * a new one otherwise. Throws `rejected` where apps can't be registered, `down`, `limited`.
 */
export async function appFor(server: string, redirect: string, at: Endpoints, via: Registering): Promise<App> {
  const { host } = new URL(server);
  const scope = declared(at.scopes);
  const kept = unpacked(await via.store.get(host));
  if (kept !== null && kept.redirect === redirect && kept.scope === scope && (await isKnown(kept, at, via.send)))
    return kept;
  const response = await via.send(new URL('/api/v1/apps', server), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'Secateur', redirect_uris: redirect, scopes: scope, website: via.appUrl }),
  });
  const { status, headers } = response;
  if (!response.ok) {
    // Whoever has no such address is no server of this kind.
    if (status === 404) throw new NetworkError('rejected', { message: 'knows no apps' });
    if (isJson(response) && [400, 401, 403, 422].includes(status))
      throw new NetworkError('declined', { message: 'registers no apps, or not this one' });
    throw new Refused(status, headers, { json: isJson(response), paging: false });
  }
  const read = answerSchema.safeParse(await jsonOf(response));
  if (!read.success) throw new NetworkError('rejected', { message: 'an answer that is no registration' });
  const app = { id: read.data.client_id, secret: read.data.client_secret, redirect };
  await via.store.put(host, JSON.stringify({ ...app, scope } satisfies z.output<typeof keptSchema>));
  return app;
}

function unpacked(text: string | null) {
  if (text === null) return null;
  const read = keptSchema.safeParse(JSON.parse(text));
  return read.success ? read.data : null;
}

/** Whether the server still has the app: otherwise people would be sent to a page that only says it doesn't. */
async function isKnown(app: App, at: Endpoints, send: Send): Promise<boolean> {
  const response = await send(new URL(at.token), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(
      new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: app.id,
        client_secret: app.secret,
        redirect_uri: app.redirect,
      }),
    ),
  });
  // RFC 6749, 5.2: `invalid_client` is 401. Whatever else is wrong with the question, the client is known.
  return response.status !== 401;
}
