import { type Clock, systemClock } from '@secateur/base';
import { createGuardedFetch, type GuardedFetch } from '../http/index.ts';
import { FREE_READS, type Gate, NetworkError, type NetworkPort } from '../port.ts';
import { actor } from './act.ts';
import { connector } from './client.ts';
import { grantOf, readCredentials } from './credentials.ts';
import { toNetworkError } from './errors.ts';
import { ABILITIES, CROWDS, PAGE, RELATION_BATCH, WINDOWS } from './limits.ts';
import { asFetch } from './oauth/as-fetch.ts';
import { lateOAuth } from './oauth/late.ts';
import { actorIn } from './query.ts';
import { reader } from './read.ts';
import { passwordAccess } from './session.ts';
import { didOf, profileOf, signIn } from './sign-in.ts';
import { tidAt, tidClock } from './tid.ts';

export type BlueskyOptions = {
  /** Where public reads go, e.g. https://public.api.bsky.app */
  appviewUrl: string;
  /** The directory of did:plc, e.g. https://plc.directory */
  plcUrl: string;
  /** Where accounts of Bluesky's own servers get their tokens, e.g. https://bsky.social */
  entrywayUrl: string;
  /** Asked before every request. */
  gate: Gate;
  /** Whether this machine itself may be called, over http too. Development and tests only. */
  allowLoopback: boolean;
  /** The clock by which a budget's reset is bounded. */
  clock?: Clock;
  fetch?: GuardedFetch;
  /** How we are known to people's own servers. Without it there are app passwords only. */
  oauth?: { appUrl: string; keys: readonly string[] };
};

// One for the process: adapters beside each other must not make the same key twice.
const tids = tidClock();

/** Bluesky and whatever else speaks the AT Protocol, through the official client. */
export function createBluesky(options: BlueskyOptions): NetworkPort & { close(): Promise<void> } {
  const { plcUrl, entrywayUrl, gate } = options;
  const now = () => (options.clock ?? systemClock).now();
  const fetch = options.fetch ?? createGuardedFetch({ allowLoopback: options.allowLoopback });
  const connect = connector(fetch, gate);
  const appview = connect(options.appviewUrl);
  const find = async (actor: string): Promise<string> => {
    try {
      return await didOf(actor, { appview, connect, entrywayUrl, now });
    } catch (error) {
      throw toNetworkError(error, { write: false, now: now() });
    }
  };
  const oauth =
    options.oauth === undefined
      ? null
      : lateOAuth({
          ...options.oauth,
          plcUrl,
          fetch: asFetch(fetch, gate),
          allowHttp: options.allowLoopback,
          resolveHandle: find,
          connect,
          now,
          didOf: (account) => find(actorIn(account)),
          profileOf: (did, handle) => profileOf(did, handle, appview),
        });
  const read = reader(appview, now);
  const { resolve, many, crowd, locate } = read;
  return {
    network: 'bluesky',
    abilities: ABILITIES,
    windows: WINDOWS,
    prices: FREE_READS,
    pages: { crowd: PAGE, own: PAGE, held: PAGE },
    tellsTalks: true,
    relationBatch: RELATION_BATCH,
    keyAt: tidAt,
    newKeys: (count, after) => tids.next(count, after),
    resolve,
    ...(many ? { many } : {}),
    crowds: CROWDS,
    crowd,
    locate,
    signIn: (handle, password) => signIn(handle, password, { appview, connect, plcUrl, entrywayUrl, fetch, gate, now }),
    oauth: oauth?.port ?? null,
    grantOf,
    actFor(credentials, renewal) {
      const known = readCredentials(credentials);
      if ('password' in known)
        return actor(passwordAccess(known.password, renewal, { connect, entrywayUrl, now }), read);
      if (oauth === null) throw new NetworkError('unauthorized', { message: 'made by another installation' });
      return actor(oauth.access(known.oauth, renewal), read);
    },
    close: () => fetch.close(),
  };
}
