import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Unreadable } from '../../http/index.ts';
import {
  type Action,
  type AppStore,
  type Credentials,
  type CrowdKind,
  NetworkError,
  type OAuthPort,
  type PublicProfile,
} from '../../port.ts';
import type { Connect } from '../client.ts';
import { pack } from '../credentials.ts';
import { toNetworkError } from '../errors.ts';
import type { Finger, Found } from '../finger.ts';
import { gapsOf } from '../gaps.ts';
import type { Hosts } from '../hosts.ts';
import { actorOf, toProfile } from '../mapper.ts';
import { actorIn, hostIn } from '../query.ts';
import { accountSchema } from '../schemas.ts';
import type { Send } from '../send.ts';
import { appFor, redirectFor } from './apps.ts';
import { endpointsOf } from './endpoints.ts';
import { scopeFor } from './scopes.ts';
import { exchange } from './token.ts';

export type FlowVia = {
  send: Send;
  connect: Connect;
  finger: Finger;
  hosts: Hosts;
  apps: AppStore;
  /** Where people reach the app. */
  appUrl: string;
  now(): Date;
};

/** What is needed to finish what began: our own secret at that server among it. */
const begunSchema = z.object({
  state: z.string(),
  server: z.url(),
  token: z.url(),
  app: z.object({ id: z.string(), secret: z.string(), redirect: z.string() }),
  scope: z.string(),
  verifier: z.string().nullable(),
});
type Begun = z.output<typeof begunSchema>;

/** Signing in at one's own server, as an app that is registered there. */
export function flows(via: FlowVia): OAuthPort {
  const attempt = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw toNetworkError(error, { write: false, now: via.now(), allowed: null });
    }
  };
  return {
    begin: (account, rights, crowds) => attempt(() => sendOff(via, account, rights, crowds)),
    finish: (secret, answer) => attempt(() => comeBack(via, begunSchema.parse(JSON.parse(secret)), answer)),
  };
}

/** Who gives no more than a server says there which account it is. */
async function sendOff(via: FlowVia, account: string, rights: readonly Action[], crowds?: readonly CrowdKind[]) {
  const host = hostIn(account);
  const server = host === null ? (await via.finger.find(actorIn(account))).origin : via.hosts.originOf(host);
  const at = await endpointsOf(server, via.send);
  const redirect = redirectFor(via.appUrl, server);
  const app = await appFor(server, redirect, at, { send: via.send, store: via.apps, appUrl: via.appUrl });
  const begun: Begun = {
    state: random(),
    server,
    token: at.token,
    app: { id: app.id, secret: app.secret, redirect },
    scope: scopeFor(rights, at.scopes, crowds),
    verifier: at.pkce ? random() : null,
  };
  const url = new URL(at.authorize);
  const asked = {
    response_type: 'code',
    client_id: app.id,
    redirect_uri: redirect,
    scope: begun.scope,
    state: begun.state,
    ...(begun.verifier === null ? {} : { code_challenge: challenge(begun.verifier), code_challenge_method: 'S256' }),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return { url: url.href, state: begun.state, secret: JSON.stringify(begun) };
}

async function comeBack(
  via: FlowVia,
  begun: Begun,
  answer: URLSearchParams,
): Promise<{ profile: PublicProfile; credentials: Credentials }> {
  const named = answer.getAll('iss').map((iss) => iss.replace(/\/$/, ''));
  if (answer.get('state') !== begun.state || named.length === 0 || named.some((iss) => iss !== begun.server)) {
    throw new NetworkError('rejected', { message: 'not an answer to our question' });
  }
  const error = answer.get('error');
  if (error !== null) throw new NetworkError(IN_ANSWER[error] ?? 'rejected', { message: 'an answer in error' });
  const code = answer.get('code');
  if (code === null) throw new NetworkError('rejected', { message: 'an answer without a code' });
  const at = via.now();
  const { token, scope, endsAt, refresh } = await exchange(begun, code, via);
  const { id, profile, found } = await whose(via, begun.server, token);
  const { server, app } = begun;
  return {
    profile,
    credentials: pack({
      kind: 'mastodon',
      server,
      domain: found.domain,
      id,
      uri: found.uri,
      token,
      scope: scope === '' ? begun.scope : scope,
      endsAt: endsAt?.toISOString() ?? null,
      refresh,
      renewedAt: at.toISOString(),
      tokenUrl: begun.token,
      gaps: await gapsOf(server, via.send),
      client: { id: app.id, secret: app.secret },
    }),
  };
}

/** Errors in an answer that the browser brought: RFC 6749 §4.1.2.1. */
const IN_ANSWER: Record<string, 'declined' | 'down'> = {
  access_denied: 'declined',
  server_error: 'down',
  temporarily_unavailable: 'down',
};

/** The account that a token is for. A server has the word about its own accounts only. */
async function whose(
  { connect, finger, hosts, now }: FlowVia,
  server: string,
  token: string,
): Promise<{ id: string; profile: PublicProfile; found: Found }> {
  const verified = async () => {
    try {
      return await connect(server, token).v1.accounts.verifyCredentials();
    } catch (error) {
      // It has just given us the right: what it refuses is the account.
      throw toNetworkError(error, { write: false, now: now(), allowed: true });
    }
  };
  const read = accountSchema.safeParse(await verified());
  if (!read.success) throw new Unreadable('no account');
  const uri = actorOf(read.data, { origin: server });
  if (uri === null || hosts.serverOf(uri) !== server)
    throw new NetworkError('rejected', { message: 'a server in the name of another' });
  const found = await finger.byUri(uri);
  const profile = toProfile(read.data, found);
  if (profile === null || profile.nativeId !== found.uri)
    throw new NetworkError('rejected', { message: 'two accounts' });
  return { id: read.data.id, profile: { ...profile, handle: `${found.user}@${found.domain}` }, found };
}

function random(): string {
  return randomBytes(32).toString('base64url');
}

function challenge(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
