import { withEngine } from './engine.ts';
import { migrationList, PRISMA_DIR } from './files.ts';
import { type LoginRole, setPasswords } from './passwords.ts';
import { installQueues } from './queues.ts';

export type DeployOptions = {
  /** Passwords to give to the apps' roles; roles not named keep what they have. */
  passwords?: Partial<Record<LoginRole, string>>;
};

/**
 * Brings the database at `url` up to date: our migrations, graphile-worker's in each lane's schema, the roles'
 * passwords. Safe to run at the same time from several places. Returns the names of the migrations that it applied.
 * `url` belongs to a superuser, or to a role that may create roles and owns the database.
 */
export async function deploy(url: string, { passwords = {} }: DeployOptions = {}): Promise<string[]> {
  const applied = await applyMigrations(url, PRISMA_DIR);
  await installQueues(url);
  await setPasswords(url, passwords);
  return applied;
}

/** Applies the migrations of a Prisma folder and nothing else. Returns the names of those it applied. */
export async function applyMigrations(url: string, prismaDir: string): Promise<string[]> {
  const stopTimers = watchTimers();
  try {
    const filters = { externalTables: [], externalEnums: [] };
    const migrationsList = migrationList(prismaDir);
    const result = await withEngine(url, prismaDir, (engine) => engine.applyMigrations({ migrationsList, filters }));
    return result.appliedMigrationNames;
  } finally {
    stopTimers();
  }
}

/** How long the engine waits for another deploy's lock, in milliseconds; this timer is never cleared by it. */
const LOCK_TIMEOUT = 10_000;

/** Without this the process would live on for ten seconds after a deploy of a tenth of a second. */
function watchTimers(): () => void {
  const original = globalThis.setTimeout;
  const started: NodeJS.Timeout[] = [];
  const watching = (callback: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) => {
    const timer = original(callback, delay, ...args);
    if (delay === LOCK_TIMEOUT) started.push(timer);
    return timer;
  };
  globalThis.setTimeout = Object.assign(watching, original);
  return () => {
    globalThis.setTimeout = original;
    for (const timer of started) clearTimeout(timer);
  };
}
