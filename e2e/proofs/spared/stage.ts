import { listConnections } from '@secateur/core/connections';
import { setSpendingCap } from '@secateur/core/spending';
import { connectByConsent, type Life, startLife } from '@secateur/core/testing';
import type { NetworkName, NetworkPort } from '@secateur/networks/port';
import pg from 'pg';
import type { Urls } from '../shared/database.ts';
import { wiper } from '../shared/wiper.ts';
import { beginning, PASSWORD } from './cast.ts';
import { meet, type People } from './people.ts';

/** In cents: more than any world spends at X. */
const CAP = 1_000_000;

export type Member = Life['member'];
export type World = { member: Member; people: People; connections: Record<NetworkName, string> };

/** What one process plays all its worlds on: a database, three networks and their adapters. */
export type Stage = {
  life: Life;
  admin: pg.Pool;
  /** What the worlds' watcher makes of an adapter. */
  watch: (port: NetworkPort) => NetworkPort;
  /** Empties everything: the same people on all networks, and a new tenant with an account on none. */
  begin(): Promise<{ member: Member; people: People }>;
  /** Connects the user's account on each network. */
  connect(member: Member, people: People): Promise<Record<NetworkName, string>>;
  close(): Promise<void>;
};

/** Starts one, with the networks' limits on. Domain time is the sandbox's, which stands still until a step advances it. */
export async function openStage(urls: Omit<Urls, 'anchor'>): Promise<Stage> {
  let began = Date.now();
  const admin = new pg.Pool({ connectionString: urls.admin, max: 1 });
  const wipe = await wiper(admin);
  const life = await startLife({
    urls,
    world: beginning(),
    limits: true,
    time: () => began,
    enterprise: true,
    // Asked for at every call, since each world watches for itself.
    wrap: (port) => ({ ...port, actFor: (credentials, renewal) => stage.watch(port).actFor(credentials, renewal) }),
  });
  const { control } = life.sandbox;
  const stage: Stage = {
    life,
    admin,
    watch: (port) => port,
    async begin() {
      began = Date.now();
      stage.watch = (port) => port;
      await admin.query(wipe);
      await control.reset();
      return { member: await life.stranger(), people: await meet(control) };
    },
    async connect(member, people) {
      await life.connect(people.bluesky.me.handle, PASSWORD, member);
      for (const network of ['mastodon', 'x'] as const)
        await connectByConsent(life, { handle: people[network].me.handle, password: PASSWORD }, { by: member });
      await setSpendingCap(member, { cents: CAP });
      await life.drain.run();
      const all = await listConnections(member);
      const idOn = (network: NetworkName) => all.find((one) => one.network === network)?.id ?? '';
      return { bluesky: idOn('bluesky'), mastodon: idOn('mastodon'), x: idOn('x') };
    },
    async close() {
      await life.close();
      await admin.end();
    },
  };
  return stage;
}
