import type { NodeSavedSession, NodeSavedState } from '@atproto/oauth-client-node';
import { type Credentials, NetworkError, type OAuthPort, type PublicProfile } from '../../port.ts';
import type { Clients, Stores } from './clients.ts';
import { isRefusedScope, toOAuthError } from './errors.ts';
import { scopeFor } from './scopes.ts';
import { packOAuth } from './session.ts';

export type FlowVia = {
  clients: Clients;
  /** The DID that a person's words name. Throws `not_found`. */
  didOf(account: string): Promise<string>;
  profileOf(did: string, handle: string): Promise<PublicProfile>;
  now(): Date;
};

/** What is needed to finish what began: the proof key and the verifier among it, so it is a secret. */
type Begun = { state: string; saved: NodeSavedState };

/** Signing in at one's own server, by the official client. */
export function flows(via: FlowVia): OAuthPort {
  return {
    async begin(account, rights) {
      try {
        const did = await via.didOf(account);
        try {
          return await sendOff(via, did, scopeFor(rights, false));
        } catch (error) {
          // A server from before there were finer rights.
          if (rights.length === 0 || !isRefusedScope(error)) throw error;
          return await sendOff(via, did, scopeFor(rights, true));
        }
      } catch (error) {
        throw toOAuthError(error, { now: via.now(), refused: 'rejected' });
      }
    },
    async finish(secret, answer) {
      try {
        return await comeBack(via, secret, answer);
      } catch (error) {
        throw toOAuthError(error, { now: via.now(), refused: 'rejected' });
      }
    },
  };
}

async function sendOff(via: FlowVia, did: string, scope: string) {
  const begun: Begun[] = [];
  const client = await via.clients.fresh(
    stores({ state: async (state, saved) => void begun.push({ state, saved }), session: async () => {} }),
  );
  const url = await client.authorize(did, { scope });
  const [one] = begun;
  if (one === undefined) throw new Error('the library began nothing');
  return { url: url.href, state: one.state, secret: JSON.stringify(one) };
}

async function comeBack(
  via: FlowVia,
  secret: string,
  answer: URLSearchParams,
): Promise<{ profile: PublicProfile; credentials: Credentials }> {
  const { state, saved } = JSON.parse(secret) as Begun;
  const made: NodeSavedSession[] = [];
  const client = await via.clients.fresh({
    ...stores({ state: async () => {}, session: async (_, session) => void made.push(session) }),
    states: {
      get: async (asked) => (asked === state ? saved : undefined),
      set: async () => {},
      del: async () => {},
    },
  });
  const began = via.now();
  await client.callback(answer);
  const [session] = made;
  if (session === undefined) throw new Error('the library finished without a session');
  const { tokenSet, dpopJwk, authMethod } = session;
  if (tokenSet.refresh_token === undefined) throw new NetworkError('rejected', { message: 'no refresh token' });
  const { handle } = await client.identityResolver.resolve(tokenSet.sub);
  const credentials = packOAuth({
    kind: 'oauth',
    clientId: client.clientMetadata.client_id,
    auth: authMethod,
    did: tokenSet.sub,
    issuer: tokenSet.iss,
    pds: tokenSet.aud,
    scope: tokenSet.scope,
    access: tokenSet.access_token,
    refresh: tokenSet.refresh_token,
    key: dpopJwk,
    beganAt: began.toISOString(),
    renewedAt: began.toISOString(),
    expiresAt: expiry(tokenSet.expires_at, via.now()),
  });
  return { profile: await via.profileOf(tokenSet.sub, handle), credentials };
}

/** The library counts from the machine's time; we from the network's, as far as we know it. */
export function expiry(expiresAt: string | undefined, now: Date): string | null {
  if (expiresAt === undefined) return null;
  return new Date(now.getTime() + new Date(expiresAt).getTime() - Date.now()).toISOString();
}

function stores(on: {
  state(state: string, saved: NodeSavedState): Promise<void>;
  session(sub: string, session: NodeSavedSession): Promise<void>;
}): Stores {
  const nothing = { get: async () => undefined, del: async () => {} };
  return { states: { ...nothing, set: on.state }, sessions: { ...nothing, set: on.session } };
}
