import { Unreadable } from '../../http/index.ts';
import { NetworkError, type NetworkProblem } from '../../port.ts';
import { Refused } from '../errors.ts';
import { ACCESS_LIFE } from '../limits.ts';
import { problemSchema, tokenSchema } from '../schemas.ts';
import { jsonOf, type Send } from '../send.ts';

/** As whom X knows this installation. */
export type App = { id: string; secret: string };

/**
 * X keeps one grant for each app and account: consenting again, to however little, ends the tokens that were given before
 * (x-ads-api/mcp of docs.x.com). So those who only sign in do that with an app of its own, where there is one.
 */
export type Apps = { app: App; signIn: App | null };

/** What consent, or a refresh token, was exchanged for. */
export type Tokens = { access: string; refresh: string | null; scope: string; expiresAt: Date };

type Via = { send: Send; apiUrl: string; now(): Date };

/**
 * Asks the token endpoint. Throws `refused` for what was to be exchanged and is used up, made up, or another's; `no_access`
 * where it is our app that is not believed.
 */
export async function tokensFor(
  via: Via,
  app: App,
  form: Record<string, string>,
  { refused, scope }: { refused: NetworkProblem; scope: string },
): Promise<Tokens> {
  const response = await post(via, app, '/2/oauth2/token', form);
  const body = await jsonOf(response);
  if (!response.ok) throw refusalOf(response, body, refused);
  const read = tokenSchema.safeParse(body);
  if (!read.success) throw new Unreadable('no token');
  const { access_token: access, refresh_token: refresh, expires_in: seconds = ACCESS_LIFE } = read.data;
  return {
    access,
    refresh: refresh ?? null,
    scope: read.data.scope ?? scope,
    expiresAt: new Date(via.now().getTime() + seconds * 1_000),
  };
}

/** Gives a token back. One that is gone is no error (RFC 7009). */
export async function revoke(via: Via, app: App, token: string): Promise<void> {
  const response = await post(via, app, '/2/oauth2/revoke', { token });
  if (response.ok || (response.status >= 400 && response.status < 500 && response.status !== 429)) return;
  throw new Refused(response.status, response.headers, null);
}

/** A confidential client names itself in a header: fundamentals/authentication/oauth-2-0/user-access-token. */
function post({ send, apiUrl }: Via, app: App, path: string, form: Record<string, string>): Promise<Response> {
  const basic = Buffer.from(`${encodeURIComponent(app.id)}:${encodeURIComponent(app.secret)}`).toString('base64');
  return send({ kind: 'client' }, new URL(path, apiUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${basic}` },
    body: String(new URLSearchParams(form)),
  });
}

/** X says `invalid_request` of a token that is used up, where RFC 6749 has `invalid_grant`. */
function refusalOf({ status, headers }: Response, body: unknown, refused: NetworkProblem): Error {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
  if (status === 401 || error === 'invalid_client' || error === 'unauthorized_client')
    return new NetworkError('no_access', { message: 'the app is not believed' });
  if (status === 400 && (error === 'invalid_request' || error === 'invalid_grant'))
    return new NetworkError(refused, { message: 'token' });
  const said = problemSchema.safeParse(body);
  return new Refused(status, headers, said.success ? said.data : null);
}
