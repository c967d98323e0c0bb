import { followClock, logOptions, systemClock } from '@secateur/base';
import { createGate, type GateOptions, HOST_ALLOWANCE } from '@secateur/core/budgets';
import { serverApps } from '@secateur/core/oauth';
import type { Trail } from '@secateur/core/trail';
import { createDb, createLocks, type Db, type Locks } from '@secateur/db';
import { createBluesky } from '@secateur/networks/bluesky';
import { ADDRESS_WINDOW, createMastodon, PAGING_WINDOW } from '@secateur/networks/mastodon';
import type { Gate, NetworkPort } from '@secateur/networks/port';
import { APP_WINDOW, createX, NARROW_WINDOW } from '@secateur/networks/x';
import { type Logger, pino } from 'pino';
import type { Env } from './env.ts';

/** What a worker works with. */
export type Deps = {
  env: Env;
  db: Db;
  locks: Locks;
  clock: { now(): Date };
  log: Logger;
  networks: { bluesky: NetworkPort; mastodon: NetworkPort; x: NetworkPort };
  /** Null where others anchor. */
  trail: Trail | null;
  close(): Promise<void>;
};

/** People can be sent to their own servers by whoever has an address, and on a public one a key to prove it with. */
function consent({ AUTH_URL, OAUTH_PRIVATE_KEYS: keys }: Env) {
  if (AUTH_URL === undefined || (AUTH_URL.startsWith('https:') && keys.length === 0)) return {};
  return { oauth: { appUrl: AUTH_URL, keys } };
}

/** X counts requests by app and endpoint, whatever address they come from. Without an app there it is dark. */
function xOf(
  env: Env,
  {
    clock,
    gateFor,
  }: { clock: Deps['clock']; gateFor(more: Pick<GateOptions, 'kind' | 'allowance' | 'address'>): Gate },
) {
  return createX({
    app: env.X_APP,
    signInApp: env.X_SIGN_IN_APP,
    enterprise: env.X_ENTERPRISE === 'on',
    gate: gateFor({ address: 'app', allowance: APP_WINDOW }),
    narrowGate: gateFor({ address: 'app', allowance: NARROW_WINDOW }),
    allowLoopback: env.CLOCK_URL !== undefined,
    apiUrl: env.X_API_URL,
    siteUrl: env.X_SITE_URL,
    clock,
    ...(env.AUTH_URL === undefined ? {} : { appUrl: env.AUTH_URL }),
  });
}

/** Builds it all; nothing else does. */
export async function buildDeps(env: Env): Promise<Deps> {
  const log = pino(logOptions('worker', env.LOG_LEVEL));
  const ending = new AbortController();
  const followed = env.CLOCK_URL
    ? followClock(env.CLOCK_URL, ending.signal)
    : { clock: systemClock, ready: Promise.resolve() };
  await followed.ready;
  const { clock } = followed;
  // One connection for each job that may be in a transaction, and a few for sweeps and gates.
  const max = Math.min(40, env.CONCURRENCY * env.LANES.length + 4);
  const db = createDb(env.DATABASE_URL, {
    max,
    name: 'secateur-worker',
    prepare: true,
    onLost: (err) => log.warn({ err }, 'connection lost'),
  });
  const locks = createLocks(env.DATABASE_URL, { name: 'secateur-worker-locks' });
  const gateFor = (more: Partial<Pick<GateOptions, 'kind' | 'allowance' | 'address'>>) =>
    createGate(
      { prisma: db.prisma, clock },
      { address: env.ADDRESS, critical: env.LANES.includes('critical') && env.LANES.length === 1, ...more },
    );
  const bluesky = createBluesky({
    appviewUrl: env.BLUESKY_APPVIEW_URL,
    plcUrl: env.BLUESKY_PLC_URL,
    entrywayUrl: env.BLUESKY_ENTRYWAY_URL,
    gate: gateFor({ allowance: { ...HOST_ALLOWANCE, points: env.HOST_REQUESTS } }),
    allowLoopback: env.CLOCK_URL !== undefined,
    clock,
    ...consent(env),
  });
  const intake = env.SEALING_PRIVATE_KEYS;
  const mastodon = createMastodon({
    gate: gateFor({ allowance: ADDRESS_WINDOW }),
    pagingGate: gateFor({ kind: 'paging', allowance: PAGING_WINDOW }),
    allowLoopback: env.CLOCK_URL !== undefined,
    clock,
    ...(env.AUTH_URL === undefined
      ? {}
      : {
          oauth: {
            appUrl: env.AUTH_URL,
            apps: serverApps({ prisma: db.prisma, clock, intake }, 'mastodon'),
          },
        }),
  });
  const x = xOf(env, { clock, gateFor });
  return {
    env,
    db,
    locks,
    clock,
    log,
    networks: { bluesky, mastodon, x },
    trail: env.TRAIL_ANCHOR === null ? null : { key: env.TRAIL_KEY, anchor: env.TRAIL_ANCHOR },
    async close() {
      ending.abort();
      await Promise.all([bluesky.close(), mastodon.close(), x.close()]);
      await locks.close();
      await db.close();
    },
  };
}
