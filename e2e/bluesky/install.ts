import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HERE = import.meta.dirname;
/** Node 22's package: better-sqlite3, which the servers store repositories with, crashes under Node 24. */
const NODE = join(HERE, `node_modules/node-linux-${process.arch}`);
export const NODE_22 = join(NODE, 'bin/node');
const STAMP = join(HERE, 'node_modules/.built');
const TOOLCHAIN = { 'c++': 'g++', make: 'make', python3: 'python3' };

/**
 * Installs the Bluesky servers from their own lockfile, once: about a minute, most of it compiling better-sqlite3
 * against the headers that Node 22's package brings. Does nothing when this lockfile is already installed.
 */
export function installBluesky(): void {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest()) return;
  process.stderr.write('Installing the Bluesky servers (once, about a minute)\n');
  needToolchain();
  pnpm(['install', '--frozen-lockfile', '--ignore-scripts']);
  pnpm(['rebuild', 'better-sqlite3'], {
    PATH: `${join(NODE, 'bin')}:${process.env.PATH}`,
    npm_config_nodedir: NODE,
  });
  writeFileSync(STAMP, digest());
}

function digest(): string {
  return createHash('sha256')
    .update(readFileSync(join(HERE, 'pnpm-lock.yaml')))
    .digest('hex');
}

function pnpm(args: string[], env: Record<string, string> = {}): void {
  const run = spawnSync('pnpm', args, { cwd: HERE, env: { ...process.env, CI: '1', ...env }, encoding: 'utf8' });
  if (run.error)
    throw new Error('pnpm is not on the PATH: start through npm test or npm run prove', { cause: run.error });
  if (run.status !== 0) throw new Error(`pnpm ${args.join(' ')} failed:\n${tail(run.stdout)}\n${tail(run.stderr)}`);
}

function needToolchain(): void {
  const missing = Object.entries(TOOLCHAIN).filter(([tool]) => spawnSync(tool, ['--version']).status !== 0);
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`The Bluesky servers need a C++ toolchain to build: install ${packages.join(', ')}`);
  }
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: 'inherit' });
}

function tail(text: string): string {
  return text.trim().split('\n').slice(-30).join('\n');
}
