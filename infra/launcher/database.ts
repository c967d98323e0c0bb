import { join } from 'node:path';
import { deploy, ensureDatabase, type LoginRole } from '@secateur/db/migrate';
import { startPostgres } from '@secateur/db/server';
import type { Settings } from './env.ts';
import { requireFree } from './ports.ts';
import { say } from './say.ts';
import type { Secrets } from './secrets.ts';

/** The database's name on its server. */
export const DATABASE = 'secateur';

/** Addresses of one database, by who signs in. */
export type DatabaseUrls = { admin: string; web: string; worker: string; queue: string };

export type Database = {
  urls: DatabaseUrls;
  /** The server's process; null when it is not ours. */
  pid: number | null;
  /** Resolves with why, when our own server ends by itself. */
  died: Promise<string>;
  stop(): Promise<void>;
};

/** Starts the embedded server, or takes the one that DATABASE_URL names, and brings its schema up to date. */
export async function startDatabase(settings: Settings, secrets: Secrets): Promise<Database> {
  const server = settings.databaseUrl ? given(settings.databaseUrl) : await embedded(settings, secrets);
  try {
    const applied = await deploy(server.url, {
      passwords: {
        secateur_web: secrets.webPassword,
        secateur_worker: secrets.workerPassword,
        secateur_queue: secrets.queuePassword,
      },
    });
    say(applied.length === 0 ? 'database up to date' : `database up to date, ${applied.length} migrations applied`);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const as = (role: LoginRole, password: string) => {
    const url = new URL(server.url);
    url.username = role;
    url.password = password;
    return url.href;
  };
  return {
    ...server,
    urls: {
      admin: server.url,
      web: as('secateur_web', secrets.webPassword),
      worker: as('secateur_worker', secrets.workerPassword),
      queue: as('secateur_queue', secrets.queuePassword),
    },
  };
}

type Server = Omit<Database, 'urls'> & { url: string };

function given(url: string): Server {
  return { url, pid: null, died: new Promise(() => {}), stop: async () => {} };
}

async function embedded({ dataDir, ports }: Settings, { adminPassword }: Secrets): Promise<Server> {
  const dir = join(dataDir, 'postgres');
  const start = startPostgres({ dataDir: dir, port: ports.postgres, password: adminPassword });
  const postgres = await start.catch(async (error) => {
    await requireFree(ports, ['postgres']);
    throw error;
  });
  say(postgres.fresh ? 'PostgreSQL set up' : 'PostgreSQL ready');
  const url = postgres.url(DATABASE);
  await ensureDatabase(url);
  return { url, pid: postgres.pid, died: postgres.died, stop: postgres.stop };
}
