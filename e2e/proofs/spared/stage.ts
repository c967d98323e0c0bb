import { listConnections } from '@secateur/core/connections';
import { setSpendingCap } from '@secateur/core/spending';
import { connectByConsent, type Life, startLife } from '@secateur/core/testing';
import type { NetworkPort } from '@secateur/networks/port';
import pg from 'pg';
import type { Urls } from '../shared/database.ts';
import { wiper } from '../shared/wiper.ts';
import { beginning, PASSWORD } from './cast.ts';
import { meet, type People, type Person } from './people.ts';

/** In cents: more than any world spends at X. */
const CAP = 1_000_000;

export type Member = Life['member'];

/** What one process plays all its worlds on: a database, three networks and their adapters. */
export type Stage = {
  life: Life;
  admin: pg.Pool;
  /** What the worlds' watcher makes of an adapter. */
  watch: (port: NetworkPort) => NetworkPort;
  /** Empties everything: the same people on all networks, and a new tenant with an account on none. */
  begin(): Promise<{ member: Member; people: People }>;
  /** Connects one of the user's accounts, and returns its connection's id. */
  connect(member: Member, me: Person): Promise<string>;
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
    async connect(member, { handle, network }) {
      const who = { handle, password: PASSWORD };
      if (network === 'bluesky') return life.connect(handle, PASSWORD, member);
      if (network === 'x') await setSpendingCap(member, { cents: CAP });
      await connectByConsent(life, who, { by: member });
      const found = (await listConnections(member)).find((one) => one.network === network);
      if (!found) throw new Error(`${handle} was not let in on ${network}`);
      return found.id;
    },
    async close() {
      await life.close();
      await admin.end();
    },
  };
  return stage;
}
