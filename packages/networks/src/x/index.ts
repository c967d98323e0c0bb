import { type Clock, systemClock } from '@secateur/base';
import { createGuardedFetch, type GuardedFetch } from '../http/index.ts';
import { type Action, type Gate, NetworkError, type NetworkPort } from '../port.ts';
import { accessFor } from './access.ts';
import { actor } from './act.ts';
import { askingAs } from './asking.ts';
import { asker } from './client.ts';
import { grantOf, unpack } from './credentials.ts';
import { darkAccount, darkReads, noApp } from './dark.ts';
import { abilitiesOf, CROWDS, HELD_PAGE, PAGE, PRICES, RELATION_BATCH, WINDOWS } from './limits.ts';
import { type FlowVia, flows } from './oauth/flow.ts';
import { reader } from './read.ts';
import { sender } from './send.ts';

export { APP_WINDOW, NARROW_WINDOW } from './limits.ts';
export { redirectFor } from './oauth/flow.ts';

export type XOptions = {
  /**
   * Our app as X's developer console made it: who it is, and the token with which it reads what is public. Without one X is
   * dark: everything that is asked of it is refused with `no_access`, and what is due there waits.
   */
  app: { id: string; secret: string; bearer: string } | null;
  /** One more app, with which people only sign in (oauth/token.ts says why). Without it an account can be connected, and opens no door. */
  signInApp: { id: string; secret: string } | null;
  /** Whether this installation has bought the right to block. */
  enterprise: boolean;
  /** Asked before every request that is made as our app, by endpoint. */
  gate: Gate;
  /** The same for posts and lists, of which there are fewer. */
  narrowGate: Gate;
  /** Whether this machine itself may be called, over http too. Development and tests only. */
  allowLoopback: boolean;
  /** Other than https://api.x.com and https://x.com in development and tests. */
  apiUrl?: string;
  siteUrl?: string;
  /** The clock by which resets are bounded and tokens run out. */
  clock?: Clock;
  fetch?: GuardedFetch;
  /** Where people reach us. Without it nobody can sign in. */
  appUrl?: string;
};

/** X, through the `twitter-api-v2` client over the guarded fetch. Reading costs money, and so does writing. */
export function createX(options: XOptions): NetworkPort & { close(): Promise<void> } {
  const { app, signInApp: signIn, apiUrl = 'https://api.x.com', siteUrl = 'https://x.com' } = options;
  const now = () => (options.clock ?? systemClock).now();
  const fetch = options.fetch ?? createGuardedFetch({ allowLoopback: options.allowLoopback });
  const send = sender(fetch, options);
  const ask = asker(send, apiUrl);
  const abilities = abilitiesOf(options.enterprise);
  const possible = (['block', 'mute'] as const).filter((action): action is Action => abilities[action] !== null);
  return {
    network: 'x',
    abilities,
    windows: WINDOWS,
    prices: PRICES,
    pages: { crowd: PAGE, own: PAGE, held: HELD_PAGE },
    crowds: CROWDS,
    // Each post costs as much as it did to somebody else: docs.x.com, pricing.
    tellsTalks: false,
    relationBatch: RELATION_BATCH,
    keyAt: () => null,
    newKeys: (count) => Array.from({ length: count }, () => null),
    ...(app === null ? darkReads : reader(askingAs({ ask, bearer: app.bearer, now }))),
    async signIn() {
      throw new NetworkError('rejected', { message: 'this network has no app passwords' });
    },
    oauth: oauthOf(options, { send, ask, apiUrl, siteUrl, possible, now }),
    grantOf(credentials) {
      const grant = grantOf(credentials);
      return { ...grant, rights: grant.rights.filter((right) => possible.includes(right)) };
    },
    actFor: (credentials, renewal) =>
      app === null
        ? darkAccount(unpack(credentials))
        : actor(
            accessFor(unpack(credentials), renewal, { ask, send, apiUrl, apps: { app, signIn }, now }),
            possible,
            now,
          ),
    close: () => fetch.close(),
  };
}

/** Null where nobody could be sent back to us. Without an app X is still a way, of which is said that it is closed. */
function oauthOf(
  { appUrl, app, signInApp: signIn }: XOptions,
  via: Omit<FlowVia, 'apps' | 'appUrl'>,
): NetworkPort['oauth'] {
  if (appUrl === undefined) return null;
  return app === null ? { begin: noApp, finish: noApp } : flows({ ...via, apps: { app, signIn }, appUrl });
}
