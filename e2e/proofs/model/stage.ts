import { newId } from '@secateur/base';
import { connect } from '@secateur/core/connections';
import type { MemberContext } from '@secateur/core/context';
import type { WorkerKeys } from '@secateur/core/secrets';
import { welcome } from '@secateur/core/tenants';
import { makeKeys, readKeys } from '@secateur/core/testing';
import { createDb, createLocks, type Db, type Locks } from '@secateur/db';
import { createBluesky } from '@secateur/networks/bluesky';
import { type Sandbox, startSandbox } from '@secateur/sandbox';
import pg from 'pg';
import { wiper } from '../shared/wiper.ts';
import { Fate } from './fate.ts';
import { meet, OWN, PASSWORD, type People, WORLD } from './people.ts';

export type Urls = { admin: string; web: string; worker: string; queue: string };
export type Member = MemberContext & { sealingKey: string };

/** What one process plays all its sequences on: a database, a network, an adapter. */
export type Stage = {
  urls: Urls;
  sandbox: Sandbox;
  network: ReturnType<typeof createBluesky>;
  workerDb: Db;
  /** The same rights, and nobody who dies. */
  asideDb: Db;
  /** When the worker dies. */
  fate: Fate;
  webDb: Db;
  admin: pg.Pool;
  queue: Db;
  keys: WorkerKeys;
  locks: Locks;
  /** Empties everything; a fresh world, tenant and stranger. */
  begin(): Promise<{ member: Member; stranger: Member; people: People; connectionId: string }>;
  close(): Promise<void>;
};

/** Starts one. Domain time is the sandbox's, which stands still until a command advances it. */
export async function openStage(urls: Urls): Promise<Stage> {
  let began = Date.now();
  const sandbox = await startSandbox({ world: WORLD, seed: 'model', limits: true, time: () => began });
  const { clock, url, control } = sandbox;
  const workerDb = createDb(urls.worker, { max: 3 });
  const asideDb = createDb(urls.worker, { max: 1 });
  const locks = createLocks(urls.worker);
  const fate = new Fate(workerDb.pool);
  const webDb = createDb(urls.web, { max: 2 });
  const queue = createDb(urls.queue, { max: 1 });
  const admin = new pg.Pool({ connectionString: urls.admin, max: 1 });
  const texts = makeKeys();
  const network = createBluesky({
    appviewUrl: url,
    plcUrl: url,
    entrywayUrl: url,
    gate: { pass: async () => {} },
    allowLoopback: true,
    clock,
  });
  const wipe = await wiper(admin);
  const join = async (): Promise<Member> => {
    const userId = newId();
    await admin.query('INSERT INTO users (id, email) VALUES ($1, $2)', [userId, `${userId}@example.test`]);
    const web = { prisma: webDb.prisma, clock };
    return { ...web, actor: await welcome(web, userId, 'Somebody'), sealingKey: texts.publicKey };
  };
  return {
    urls,
    sandbox,
    network,
    workerDb,
    asideDb,
    fate,
    webDb,
    admin,
    queue,
    keys: readKeys(texts),
    locks,
    async begin() {
      began = Date.now();
      await admin.query(wipe);
      await control.reset();
      const people = await meet(control);
      const member = await join();
      const stranger = await join();
      const { id } = await connect(member, { network: 'bluesky', handle: OWN[0], password: PASSWORD });
      return { member, stranger, people, connectionId: id };
    },
    async close() {
      await Promise.all([workerDb.close(), asideDb.close(), webDb.close(), queue.close(), admin.end()]);
      await locks.close();
      await network.close();
      await sandbox.close();
    },
  };
}
