import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from './account.ts';
import { binaries } from './binaries.ts';
import { bound } from './bound.ts';
import { prepareDataDir } from './data-dir.ts';

export type PostgresOptions = {
  /** Where the cluster lives; made when it is not there. */
  dataDir: string;
  /** Port on 127.0.0.1. */
  port: number;
  /** Gives up durability for speed. For tests only: a crash of the machine loses everything. */
  fast?: boolean;
  /** The superuser's password, set when the cluster is made. Without one every local connection is trusted. */
  password?: string;
  /** Further settings, `name → value`. */
  settings?: Readonly<Record<string, string>>;
};

export type Postgres = {
  /** True when this start made the cluster. */
  fresh: boolean;
  /** Where the cluster really lives (see `prepareDataDir`), its log `server.log` in it. */
  dataDir: string;
  pid: number;
  /** Connection address of a database, as the superuser unless a role is named. */
  url(database: string, role?: string, password?: string): string;
  /** Resolves with the last lines of the log when the server ends without having been asked to. */
  died: Promise<string>;
  /** Ends sessions, writes a checkpoint and stops. Settles when the process is gone. */
  stop(): Promise<void>;
};

const SUPERUSER = 'postgres';

/**
 * Starts the PostgreSQL that came with the packages and settles when it accepts connections. It runs in a process
 * group of its own: a Ctrl-C in the terminal reaches only us, and we stop it last.
 * Throws with the server's own words when it does not start.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dataDir, account } = prepareDataDir(options.dataDir);
  const home = binaries(account);
  const place = { home, dataDir, account };
  const fresh = !existsSync(join(dataDir, 'PG_VERSION'));
  if (fresh) initialise(place, options);
  else stopLeftover(place);

  const log = join(dataDir, 'server.log');
  const output = openSync(log, 'a');
  const [command, ...args] = bound('INT', [join(home, 'bin/postgres'), ...flags(dataDir, options)]);
  const child = spawn(command, args, {
    ...spawnOptions(place),
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  let asked = false;
  const gone = new Promise<void>((settle) => child.once('exit', () => settle()));
  await ready(child, dataDir, log);
  child.unref();

  return {
    fresh,
    dataDir,
    pid: child.pid ?? 0,
    url: (database, role = SUPERUSER, password = role === SUPERUSER ? options.password : undefined) =>
      `postgresql://${role}${password ? `:${encodeURIComponent(password)}` : ''}@127.0.0.1:${options.port}/${database}`,
    died: new Promise((settle) => {
      void gone.then(() => {
        if (!asked) settle(lastLines(log));
      });
    }),
    async stop() {
      asked = true;
      child.ref();
      // SIGINT is PostgreSQL's "fast" shutdown: it does not wait for sessions to end by themselves.
      child.kill('SIGINT');
      await gone;
    },
  };
}

type Place = { home: string; dataDir: string; account: Account };

function spawnOptions({ home, account }: Place) {
  // PostgreSQL needs no NODE_ENV; Next's types, where they are looked at too, make it part of every environment.
  const env = { LC_ALL: 'C', LD_LIBRARY_PATH: join(home, 'lib'), HOME: '/', NODE_ENV: 'production' as const };
  return { ...account, cwd: '/', env };
}

function run(place: Place, binary: string, args: string[]): void {
  execFileSync(join(place.home, 'bin', binary), args, {
    ...spawnOptions(place),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function initialise(place: Place, { fast, password }: PostgresOptions): void {
  const args = ['-D', place.dataDir, '-U', SUPERUSER, '--encoding=UTF8', '--locale=C.UTF-8', '--no-instructions'];
  if (fast) args.push('--no-sync');
  if (password)
    withPasswordFile(place, password, (file) =>
      run(place, 'initdb', [...args, '--auth=scram-sha-256', `--pwfile=${file}`]),
    );
  else run(place, 'initdb', [...args, '--auth=trust']);
}

function withPasswordFile(place: Place, password: string, use: (file: string) => void): void {
  const dir = mkdtempSync(join(tmpdir(), 'secateur-'));
  try {
    const file = join(dir, 'password');
    writeFileSync(file, password, { mode: 0o600 });
    if (place.account.uid !== undefined && place.account.gid !== undefined) {
      for (const path of [dir, file]) chownSync(path, place.account.uid, place.account.gid);
    }
    use(file);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** A launcher that was killed leaves its server running; the files then belong to it until it has stopped. */
function stopLeftover(place: Place): void {
  if (!existsSync(join(place.dataDir, 'postmaster.pid'))) return;
  try {
    run(place, 'pg_ctl', ['stop', '-D', place.dataDir, '-m', 'fast', '-w']);
  } catch {
    // The file was stale: nobody runs, and the new server replaces it.
  }
}

function flags(dataDir: string, { port, fast, settings }: PostgresOptions): string[] {
  const all: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...(fast ? { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' } : {}),
    ...settings,
  };
  const asFlags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', dataDir, '-p', String(port), ...asFlags];
}

/** PostgreSQL writes its state into the eighth line of postmaster.pid, which costs less to watch than connecting. */
async function ready(child: ChildProcess, dataDir: string, log: string): Promise<void> {
  let failure: Error | null = null;
  child.once('error', (error) => {
    failure = error;
  });
  for (;;) {
    if (failure) throw failure;
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`PostgreSQL did not start: ${lastLines(log)}`);
    }
    if (stateOf(dataDir, child.pid) === 'ready') return;
    await pause(10);
  }
}

function stateOf(dataDir: string, pid: number | undefined): string | undefined {
  const lines = (readIfThere(join(dataDir, 'postmaster.pid')) ?? '').split('\n');
  return lines[0] === String(pid) ? lines[7]?.trim() : undefined;
}

/** A server that gives up takes its file away at any moment. */
function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function lastLines(log: string): string {
  return readFileSync(log, 'utf8').trim().split('\n').slice(-3).join('\n');
}
