import { type Clock, newId } from '@secateur/base';
import { createDb, createLocks } from '@secateur/db';
import { createBluesky } from '@secateur/networks/bluesky';
import { ADDRESS_WINDOW, createMastodon, PAGING_WINDOW } from '@secateur/networks/mastodon';
import type { Gate, NetworkPort } from '@secateur/networks/port';
import { APP_WINDOW, createX, NARROW_WINDOW } from '@secateur/networks/x';
import { type Command, type Sandbox, startSandbox, X_APP, X_SIGN_IN_APP } from '@secateur/sandbox';
import { createGate, type GateOptions } from '../budgets/index.ts';
import { connect } from '../connections/index.ts';
import type { MemberContext, WorkerContext } from '../context/index.ts';
import { CALM_RULES } from '../exemptions/policy/index.ts';
import { serverApps } from '../oauth/index.ts';
import { startPreview } from '../shields/index.ts';
import type { PreviewInput } from '../shields/schemas.ts';
import { welcome } from '../tenants/index.ts';
import { createDrain, type Drain } from './drain.ts';
import { makeKeys, readKeys } from './keys.ts';
import { around } from './sources.ts';

/** A tenant with a member and one connected account, on a pretend network whose clock tests move. */
export type Life = {
  sandbox: Sandbox;
  worker: WorkerContext;
  drain: Drain;
  member: MemberContext & { sealingKey: string };
  /** A member of another, new tenant. */
  stranger(): Promise<MemberContext & { sealingKey: string }>;
  connect(handle: string, password: string, by?: MemberContext & { sealingKey: string }): Promise<string>;
  /** Of `sources`, or of somebody and their followers. */
  preview(input: PreviewWish): Promise<{ id: string }>;
  close(): Promise<void>;
};

/** Where the app would be reached. */
const APP_URL = 'http://localhost:3420';

type PreviewWish = Partial<PreviewInput> &
  Pick<PreviewInput, 'connectionIds'> & { query?: string; includeAccount?: boolean; includeFollowers?: boolean };

export type LifeOptions = {
  urls: { admin: string; web: string; worker: string; queue: string };
  world: 'demo' | 'empty' | Command[];
  limits?: boolean;
  /** Whether our own requests pass the gates, as a worker's do; without them only the sandbox counts. */
  gates?: boolean;
  /** When the sandbox's time begins, in milliseconds since 1970; now unless said otherwise. */
  began?: number;
  /** Wraps the adapter, for seeding faults into it. */
  wrap?: (port: NetworkPort) => NetworkPort;
  /** Whether this installation may block on X. */
  enterprise?: boolean;
  /** The time that the clock is an offset from, in milliseconds; when it was made unless given. */
  time?: () => number;
};

/** Makes one. Domain time is the sandbox's, which stands still until it is advanced. */
export async function startLife(options: LifeOptions): Promise<Life> {
  const { urls, world, limits, gates = false, began = Date.now(), enterprise = false, wrap = (p) => p } = options;
  const sandbox = await startSandbox({
    world,
    seed: 'life',
    time: options.time ?? (() => began),
    ...(limits === undefined ? {} : { limits }),
  });
  const { clock, url } = sandbox;
  const workerDb = createDb(urls.worker, { max: 6 });
  const webDb = createDb(urls.web, { max: 4 });
  const adminDb = createDb(urls.admin, { max: 1 });
  const keys = makeKeys();
  const gateFor = gates ? gatesOf({ prisma: workerDb.prisma, clock }) : () => ({ pass: async () => {} });
  const read = readKeys(keys);
  const bluesky = createBluesky({
    appviewUrl: url,
    plcUrl: url,
    entrywayUrl: url,
    gate: gateFor({}),
    allowLoopback: true,
    clock,
    oauth: { appUrl: APP_URL, keys: [] },
  });
  const mastodon = createMastodon({
    gate: gateFor({ allowance: ADDRESS_WINDOW }),
    pagingGate: gateFor({ kind: 'paging', allowance: PAGING_WINDOW }),
    allowLoopback: true,
    clock,
    oauth: {
      appUrl: APP_URL,
      apps: serverApps({ prisma: workerDb.prisma, clock, intake: read.intake }, 'mastodon'),
    },
  });
  const x = createX({
    app: X_APP,
    signInApp: X_SIGN_IN_APP,
    enterprise,
    gate: gateFor({ allowance: APP_WINDOW }),
    narrowGate: gateFor({ kind: 'narrow', allowance: NARROW_WINDOW }),
    allowLoopback: true,
    apiUrl: url,
    siteUrl: url,
    clock,
    appUrl: APP_URL,
  });
  const locks = createLocks(urls.worker);
  const worker: WorkerContext = {
    prisma: workerDb.prisma,
    clock,
    keys: read,
    locks,
    memberId: newId(),
    lost: new AbortController().signal,
    networks: { bluesky: wrap(bluesky), mastodon: wrap(mastodon), x: wrap(x) },
  };
  const drain = createDrain(worker, urls.queue);
  const join = async () => {
    const user = await adminDb.prisma.user.create({ data: { id: newId(), email: `${newId()}@example.test` } });
    const web = { prisma: webDb.prisma, clock };
    return { ...web, actor: await welcome(web, user.id, 'Somebody'), sealingKey: keys.publicKey };
  };
  const member = await join();
  return {
    sandbox,
    worker,
    drain,
    member,
    stranger: join,
    async connect(handle, password, by = member) {
      const { id } = await connect(by, { network: 'bluesky', handle, password });
      await drain.run();
      return id;
    },
    preview: ({ query = '', includeAccount: account = true, includeFollowers: followers = true, ...input }) =>
      startPreview(member, {
        sources: around(query, { account, followers }),
        threshold: 1,
        action: 'block',
        hold: '6w',
        ...CALM_RULES,
        ...input,
      }),
    async close() {
      await drain.close();
      await Promise.all([workerDb.close(), webDb.close(), adminDb.close()]);
      await locks.close();
      await Promise.all([bluesky.close(), mastodon.close(), x.close()]);
      await sandbox.close();
    },
  };
}

/** The gates of a worker of the standard lane, as apps/worker builds them. */
function gatesOf(ctx: { prisma: WorkerContext['prisma']; clock: Clock }): (more: Partial<GateOptions>) => Gate {
  return (more) => createGate(ctx, { address: 'here', critical: false, ...more });
}
