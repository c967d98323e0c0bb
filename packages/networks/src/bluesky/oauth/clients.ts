import {
  atprotoLoopbackClientMetadata,
  buildAtprotoLoopbackClientMetadata,
  isOAuthClientIdLoopback,
  JoseKey,
  NodeOAuthClient,
  type NodeSavedSessionStore,
  type NodeSavedStateStore,
  requestLocalLock,
} from '@atproto/oauth-client-node';
import { NetworkError } from '../../port.ts';
import { clientMetadata, isLoopback, loopbackCallback } from '../client-metadata.ts';
import { DECLARED } from './scopes.ts';
import { Speaker } from './speaker.ts';

export type ClientOptions = {
  /** Where people reach the app, and browsers come back to. */
  appUrl: string;
  /** The client's private keys as JWKs in JSON, the one to use first. None where the app is on this machine only. */
  keys: readonly string[];
  fetch: typeof globalThis.fetch;
  plcUrl: string;
  /** Whether servers may be reached over http. Development and tests only. */
  allowHttp: boolean;
  resolveHandle(handle: string): Promise<string | null>;
};

/** Where the library keeps what has begun and what came of it. Each use has its own, so that nothing is kept twice. */
export type Stores = { states: NodeSavedStateStore; sessions: NodeSavedSessionStore };

const NOWHERE = { get: async () => undefined, set: async () => {}, del: async () => {} };

/** The library's client, which also makes what speaks for an account. */
export class Client extends NodeOAuthClient {
  /** Throws what the library throws when the account's authorisation server can't be had. */
  async speaker(of: { issuer: string; did: `did:plc:${string}` | `did:web:${string}`; key: object; auth: Auth }) {
    const key = await JoseKey.fromJWK({ ...of.key });
    const server = await this.serverFactory.fromIssuer(of.issuer, of.auth, key);
    return new Speaker(server, of.did, this.sessionGetter, this.fetch);
  }
}

export type Auth = Parameters<NodeOAuthClient['serverFactory']['fromIssuer']>[1];

export type Clients = {
  /** The id under which new sessions are begun. */
  readonly id: string;
  /** A client with stores of its own, for one signing in. */
  fresh(stores: Stores): Promise<Client>;
  /** The client that a session was made with: it can't be renewed by another. Throws `unauthorized` for a stranger's. */
  of(id: string): Promise<Client>;
};

export function createClients(options: ClientOptions): Clients {
  const { appUrl } = options;
  const local = isLoopback(appUrl);
  const own = local
    ? buildAtprotoLoopbackClientMetadata({ scope: DECLARED, redirect_uris: [loopbackCallback(appUrl)] })
    : clientMetadata(appUrl);
  const keys = Promise.all(options.keys.map((key) => JoseKey.fromImportable(key)));
  // Judged where it is awaited.
  keys.catch(() => {});
  const make = async (metadata: typeof own, stores: Stores): Promise<Client> =>
    new Client({
      clientMetadata: metadata,
      ...(metadata.client_id.startsWith('https:') ? { keyset: await keys } : {}),
      stateStore: stores.states,
      sessionStore: stores.sessions,
      fetch: options.fetch,
      plcDirectoryUrl: options.plcUrl,
      handleResolver: { resolve: async (handle) => asDid(await options.resolveHandle(handle)) },
      allowHttp: options.allowHttp,
      // The library's own renewing is not used: what renews is under the caller's lock.
      requestLock: requestLocalLock,
    });
  const known = new Map<string, Promise<Client>>();
  return {
    id: own.client_id,
    fresh: (stores) => make(own, stores),
    of(id) {
      const kept = known.get(id);
      if (kept) return kept;
      const metadata =
        id === own.client_id ? own : isOAuthClientIdLoopback(id) ? atprotoLoopbackClientMetadata(id) : null;
      if (metadata === null) throw new NetworkError('unauthorized', { message: 'made for another client' });
      const made = make(metadata, { states: NOWHERE, sessions: NOWHERE });
      known.set(id, made);
      return made;
    },
  };
}

function asDid(text: string | null) {
  return text?.startsWith('did:plc:') || text?.startsWith('did:web:')
    ? (text as `did:plc:${string}` | `did:web:${string}`)
    : null;
}
