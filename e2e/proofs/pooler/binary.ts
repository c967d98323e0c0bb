import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Taken apart here and never installed: an installed one would start itself. */
const HOME = join(import.meta.dirname, '../../node_modules/.cache/pgbouncer');
/** PgBouncer, and those of its libraries that a bare Debian lacks. */
const PACKAGES = ['pgbouncer', 'libc-ares2', 'libevent-2.1-7'];

export type Binary = { command: string; env: Record<string, string> };

/**
 * PgBouncer: the machine's own, else Debian's package, fetched once. Throws a sentence where neither can be had.
 */
export function pgbouncer(): Binary {
  for (const command of ['/usr/sbin/pgbouncer', '/usr/local/bin/pgbouncer']) {
    if (existsSync(command)) return { command, env: {} };
  }
  const command = join(HOME, 'usr/sbin/pgbouncer');
  if (!existsSync(command)) fetchPackages();
  return { command, env: { LD_LIBRARY_PATH: globSync(join(HOME, 'usr/lib/*-linux-gnu')).join(':') } };
}

function fetchPackages(): void {
  if (!existsSync('/usr/bin/apt-get')) throw new Error('Install PgBouncer: there is no apt-get that could fetch it.');
  rmSync(HOME, { recursive: true, force: true });
  mkdirSync(HOME, { recursive: true });
  const download = () => spawnSync('apt-get', ['download', '-qq', ...PACKAGES], { cwd: HOME, encoding: 'utf8' });
  let done = download();
  if (done.status !== 0 && process.getuid?.() === 0) {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
    done = download();
  }
  if (done.status !== 0) throw new Error(`Install PgBouncer: apt-get could not fetch it.\n${done.stderr}`);
  for (const file of globSync(join(HOME, '*.deb'))) execFileSync('dpkg', ['-x', file, HOME]);
}
