import { type Clock, systemClock } from '@secateur/base';
import { createGuardedFetch, type GuardedFetch } from '../http/index.ts';
import type { Gate, NetworkPort } from '../port.ts';
import { actor } from './act.ts';
import { connector } from './client.ts';
import { ABILITIES, RELATION_BATCH, WINDOWS } from './limits.ts';
import { reader } from './read.ts';
import { access } from './session.ts';
import { signIn } from './sign-in.ts';
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
  return {
    network: 'bluesky',
    abilities: ABILITIES,
    windows: WINDOWS,
    relationBatch: RELATION_BATCH,
    keyAt: tidAt,
    newKeys: (count, after) => tids.next(count, after),
    ...reader(appview, now),
    signIn: (handle, password) => signIn(handle, password, { appview, connect, plcUrl, entrywayUrl, fetch, gate, now }),
    actFor: (credentials, rotated) => actor(access(credentials, rotated, { connect, entrywayUrl, now })),
    close: () => fetch.close(),
  };
}
