import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { CALLBACK } from '../../callback.ts';
import { Unreadable } from '../../http/index.ts';
import { type Action, type Credentials, NetworkError, type OAuthPort, type PublicProfile } from '../../port.ts';
import type { Ask } from '../client.ts';
import { pack } from '../credentials.ts';
import { Refused, toNetworkError } from '../errors.ts';
import { PROFILE_FIELDS, toProfile } from '../mapper.ts';
import { oneUserSchema, type User } from '../schemas.ts';
import type { Send } from '../send.ts';
import { scopeFor } from './scopes.ts';
import { type App, type Apps, tokensFor } from './token.ts';

export type FlowVia = {
  send: Send;
  ask: Ask;
  apiUrl: string;
  /** Where people sign in. */
  siteUrl: string;
  apps: Apps;
  /** Where people reach us. */
  appUrl: string;
  /** What this installation can do at all: nobody is asked for more. */
  possible: readonly Action[];
  now(): Date;
};

/** What is needed to finish what began. */
const begunSchema = z.object({
  state: z.string(),
  scope: z.string(),
  verifier: z.string(),
  by: z.enum(['app', 'sign-in']).default('app'),
});
type Begun = z.output<typeof begunSchema>;

/**
 * Where browsers come back to from X, which has to be told to X's developer console letter by letter. X does not name itself
 * in its answers, so the address does (RFC 9700, 4.4.2).
 */
export function redirectFor(appUrl: string, siteUrl: string): string {
  const url = new URL(CALLBACK, appUrl);
  url.searchParams.set('iss', siteUrl);
  return url.href;
}

/** Signing in at X: code with PKCE. */
export function flows(via: FlowVia): OAuthPort {
  return {
    // Whom somebody names is not looked up, since that costs money: who it was is told at the end.
    begin: async (_account, rights) => sendOff(via, rights),
    async finish(secret, answer) {
      try {
        return await comeBack(via, begunSchema.parse(JSON.parse(secret)), answer);
      } catch (error) {
        throw toNetworkError(error, { write: false, now: via.now(), allowed: null });
      }
    },
  };
}

/** Who gives no rights signs in, with the app for that. Throws `no_access` where there is none: the other would end what is connected. */
function appFor(by: Begun['by'], { app, signIn }: Apps): App {
  const chosen = by === 'app' ? app : signIn;
  if (chosen === null) throw new NetworkError('no_access', { message: 'no app to sign in with' });
  return chosen;
}

function sendOff(via: FlowVia, rights: readonly Action[]) {
  const begun: Begun = {
    state: random(),
    scope: scopeFor(rights.filter((right) => via.possible.includes(right))),
    verifier: random(),
    by: rights.length === 0 ? 'sign-in' : 'app',
  };
  const url = new URL('/i/oauth2/authorize', via.siteUrl);
  const asked = {
    response_type: 'code',
    client_id: appFor(begun.by, via.apps).id,
    redirect_uri: redirectFor(via.appUrl, via.siteUrl),
    scope: begun.scope,
    state: begun.state,
    code_challenge: createHash('sha256').update(begun.verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return { url: url.href, state: begun.state, secret: JSON.stringify(begun) };
}

async function comeBack(
  via: FlowVia,
  begun: Begun,
  answer: URLSearchParams,
): Promise<{ profile: PublicProfile; credentials: Credentials }> {
  const named = answer.getAll('iss');
  if (answer.get('state') !== begun.state || named.length === 0 || named.some((iss) => iss !== via.siteUrl)) {
    throw new NetworkError('rejected', { message: 'not an answer to our question' });
  }
  const error = answer.get('error');
  if (error !== null) throw new NetworkError(IN_ANSWER[error] ?? 'rejected', { message: 'an answer in error' });
  const code = answer.get('code');
  if (code === null) throw new NetworkError('rejected', { message: 'an answer without a code' });
  const at = via.now();
  const tokens = await tokensFor(
    via,
    appFor(begun.by, via.apps),
    {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectFor(via.appUrl, via.siteUrl),
      code_verifier: begun.verifier,
    },
    { refused: 'rejected', scope: begun.scope },
  );
  const user = await whose(via, tokens.access);
  return {
    profile: toProfile(user),
    credentials: pack({
      kind: 'x',
      id: user.id,
      access: tokens.access,
      refresh: tokens.refresh,
      scope: tokens.scope,
      expiresAt: tokens.expiresAt.toISOString(),
      renewedAt: at.toISOString(),
      by: begun.by,
    }),
  };
}

/** Errors in an answer that the browser brought: RFC 6749 §4.1.2.1. */
const IN_ANSWER: Record<string, 'declined' | 'down'> = {
  access_denied: 'declined',
  server_error: 'down',
  temporarily_unavailable: 'down',
};

async function whose({ ask }: FlowVia, token: string): Promise<User> {
  try {
    const { data } = await ask({ kind: 'account', token }, (client) => client.me({ 'user.fields': PROFILE_FIELDS }));
    const read = oneUserSchema.safeParse(data);
    if (!read.success || read.data.data === undefined) throw new Unreadable('no account');
    return read.data.data;
  } catch (error) {
    if (error instanceof Refused && error.status === 401) throw new NetworkError('rejected', { message: 'whose' });
    throw error;
  }
}

function random(): string {
  return randomBytes(32).toString('base64url');
}
