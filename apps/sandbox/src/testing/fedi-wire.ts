import type { Sandbox } from '../start.ts';

/** What came back from one of the servers that speak Mastodon's API. `body` is read by tests, which know its shape. */
type FediAnswer<T> = { status: number; headers: Headers; body: T };

type More = { token?: string; body?: Record<string, unknown>; address?: string };

/** A bare client of one server, which hides nothing from a test. POST with a body, GET without one. */
export async function fediWire(sandbox: Sandbox, name: string) {
  const origin = (await sandbox.control.fediverse.servers()).find((one) => one.name === name)?.origin ?? '';
  const call = async <T = { error: string }>(path: string, { token, body, address }: More = {}) => {
    const headers = new Headers({ 'content-type': 'application/json' });
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    if (address !== undefined) headers.set('x-forwarded-for', address);
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(new URL(path, origin), { headers, redirect: 'manual', ...sent });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (json ? JSON.parse(text) : text) as T,
    } satisfies FediAnswer<T>;
  };
  /** Registers an app, and signs somebody in with it. */
  const signIn = async (username: string, password: string, scope: string) => {
    const redirect = 'http://localhost:1/back';
    const app = (
      await call<{ client_id: string; client_secret: string }>('/api/v1/apps', {
        body: { client_name: 'test', redirect_uris: redirect, scopes: 'read write follow' },
      })
    ).body;
    const asked = { client_id: app.client_id, redirect_uri: redirect, response_type: 'code', scope };
    const form = new URLSearchParams({ ...asked, handle: username, password, answer: 'allow' });
    const page = await (await fetch(new URL('/oauth/authorize', origin), { method: 'POST', body: form })).text();
    const code = /[?&]code=([\w-]+)/.exec(page)?.[1] ?? '';
    const grant = { grant_type: 'authorization_code', code, ...app, redirect_uri: redirect };
    return (await call<{ access_token: string; scope: string }>('/oauth/token', { body: grant })).body.access_token;
  };
  return { origin, call, signIn };
}
