import { type Clock, systemClock } from '@secateur/base';
import { createGuardedFetch, type GuardedFetch } from '../http/index.ts';
import { type AppStore, FREE_READS, type Gate, NetworkError, type NetworkPort } from '../port.ts';
import { accessFor } from './access.ts';
import { actor } from './act.ts';
import { connector } from './client.ts';
import { grantOf, unpack } from './credentials.ts';
import { finger as fingerBy } from './finger.ts';
import { createHosts } from './hosts.ts';
import { ABILITIES, CROWDS, PAGE, RELATION_BATCH, WINDOWS } from './limits.ts';
import { idsInMemory, type KnownIds, localIds } from './local-ids.ts';
import { flows } from './oauth/flow.ts';
import { reader } from './read.ts';
import { sender } from './send.ts';
import type { KnownActors } from './talked.ts';

export { ADDRESS_WINDOW, PAGING_WINDOW } from './limits.ts';
export { appsInMemory } from './oauth/apps.ts';

export type MastodonOptions = {
  /** Asked before every request without a token. */
  gate: Gate;
  /** Asked as well before those that page: the narrower of a server's two limits on our address. */
  pagingGate: Gate;
  /** Whether this machine itself may be called, over http too. Development and tests only. */
  allowLoopback: boolean;
  /** The clock by which resets are bounded. */
  clock?: Clock;
  fetch?: GuardedFetch;
  /** What servers call the accounts of others; in memory unless given. */
  ids?: KnownIds;
  /** How we are known to people's own servers. Without it nobody can sign in. */
  oauth?: { appUrl: string; apps: AppStore };
};

/** Mastodon and whatever else speaks its API, through the `masto` client over the guarded fetch. */
export function createMastodon(options: MastodonOptions): NetworkPort & { close(): Promise<void> } {
  const now = () => (options.clock ?? systemClock).now();
  const fetch = options.fetch ?? createGuardedFetch({ allowLoopback: options.allowLoopback });
  const hosts = createHosts(options.allowLoopback);
  const send = sender(fetch, options);
  const connect = connector(send);
  const finger = fingerBy(send, hosts);
  const known = options.ids ?? idsInMemory();
  const actors: KnownActors = new Map();
  const { resolve, crowd, locate } = reader({ connect, finger, hosts, now });
  return {
    network: 'mastodon',
    abilities: ABILITIES,
    windows: WINDOWS,
    prices: FREE_READS,
    pages: { crowd: PAGE, own: PAGE, held: PAGE },
    tellsTalks: true,
    relationBatch: RELATION_BATCH,
    keyAt: () => null,
    newKeys: (count) => Array.from({ length: count }, () => null),
    resolve,
    crowds: CROWDS,
    crowd,
    locate,
    async signIn() {
      throw new NetworkError('rejected', { message: 'this network has no app passwords' });
    },
    oauth: options.oauth === undefined ? null : flows({ ...options.oauth, send, connect, finger, hosts, now }),
    grantOf,
    actFor(credentials, renewal) {
      const access = accessFor(unpack(credentials), renewal, { connect, send, now });
      const stranger = connect(access.session.server, null);
      return actor(access, localIds(access, known), { stranger, actors, now });
    },
    close: () => fetch.close(),
  };
}
