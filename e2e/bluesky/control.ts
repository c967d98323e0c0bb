export type Account = { did: string; handle: string };
export type BlockRecord = { key: string; subject: string; createdAt: string };

/** What no client of the network may do, on the servers of `startRealBluesky`. Limits do not count what it does. */
export type RealBlueskyControl = {
  /** Makes accounts `<name>.test` (names of three letters or more), about 40 ms each. Without a password they can't be signed in to. */
  accounts(names: string[], password?: string): Promise<Account[]>;
  /** Makes follow records, [follower, subject] by DID, the first the oldest. */
  follows(pairs: [string, string][]): Promise<void>;
  /** Blocks made by hand in another app; returns the keys that the server chose. */
  block(did: string, subjects: string[]): Promise<string[]>;
  unblock(did: string, keys: string[]): Promise<void>;
  /** All block records of an account, asked of the PDS itself, newest first. */
  blocks(did: string): Promise<BlockRecord[]>;
  /** Each writes a post, which answers or quotes the one at `uri`, or names some people; the URIs of what was written. */
  write(dids: string[], about?: { uri: string; as: 'reply' | 'quote' } | { mentions: string[] }): Promise<string[]>;
  mark(dids: string[], uri: string, as: 'like' | 'repost'): Promise<void>;
  /** Its author deletes a post, or a list. */
  remove(uri: string): Promise<void>;
  /** A moderation list, and a starter pack that leads to it. */
  list(did: string, name: string, members: string[]): Promise<{ list: string; pack: string }>;
  deactivate(did: string): Promise<void>;
  activate(did: string): Promise<void>;
  takedown(did: string): Promise<void>;
  appPassword(did: string, name: string): Promise<string>;
  revokeAppPassword(did: string, name: string): Promise<void>;
  /** Ends all that the account has consented to. */
  revokeOAuth(did: string): Promise<void>;
  /** The same access token as if it had run out a minute ago. */
  expire(token: string): Promise<string>;
  /** Settles when the AppView has seen everything that the PDS has. */
  settle(): Promise<void>;
};

export function openControl(url: string): RealBlueskyControl {
  const ask = async <T = void>(verb: string, body: object = {}): Promise<T> => {
    const response = await fetch(`${url}/${verb}`, { method: 'POST', body: JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${verb}: ${JSON.stringify(answer)}`);
    return answer as T;
  };
  return {
    accounts: (names, password) => ask('accounts', { names, password }),
    follows: (pairs) => ask('follows', { pairs }),
    block: async (did, subjects) => (await ask<{ keys: string[] }>('block', { did, subjects })).keys,
    unblock: (did, keys) => ask('unblock', { did, keys }),
    blocks: (did) => ask('records', { did, collection: 'app.bsky.graph.block' }),
    write: async (dids, about) => (await ask<{ uri: string }[]>('write', { dids, ...about })).map(({ uri }) => uri),
    mark: async (dids, uri, as) => {
      await ask('mark', { dids, uri, as });
    },
    remove: async (uri) => {
      await ask('remove', { uri });
    },
    list: (did, name, members) => ask('list', { did, name, members }),
    deactivate: (did) => ask('deactivate', { did }),
    activate: (did) => ask('activate', { did }),
    takedown: (did) => ask('takedown', { did }),
    appPassword: async (did, name) => (await ask<{ password: string }>('appPassword', { did, name })).password,
    revokeAppPassword: (did, name) => ask('revokeAppPassword', { did, name }),
    revokeOAuth: (did) => ask('revokeOAuth', { did }),
    expire: async (token) => (await ask<{ token: string }>('expire', { token })).token,
    settle: () => ask('settle'),
  };
}
