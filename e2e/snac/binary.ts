import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Taken apart here and never installed. */
const HOME = join(import.meta.dirname, '../node_modules/.cache/snac2');
/** Where Debian 12 has it. Later ones have it in their main archive, and in the lists that the machine already has. */
const BACKPORTS =
  'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm-backports main\n';

/** snac2: the machine's own, else Debian's package, fetched once. Throws a sentence where neither can be had. */
export function snac(): string {
  for (const command of ['/usr/bin/snac', '/usr/local/bin/snac']) if (existsSync(command)) return command;
  const command = join(HOME, 'usr/bin/snac');
  if (!existsSync(command)) fetchPackage();
  return command;
}

function fetchPackage(): void {
  if (!existsSync('/usr/bin/apt-get')) throw new Error('Install snac2: there is no apt-get that could fetch it.');
  rmSync(HOME, { recursive: true, force: true });
  for (const dir of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(HOME, dir), { recursive: true });
  writeFileSync(join(HOME, 'backports.list'), BACKPORTS);
  // Lists of its own, so that nothing of the machine's changes and no right of root is needed.
  const own = [
    ['Dir::Etc::sourcelist', join(HOME, 'backports.list')],
    ['Dir::Etc::sourceparts', '/dev/null'],
    ['Dir::State::lists', join(HOME, 'lists')],
    ['Dir::Cache', join(HOME, 'cache')],
  ].flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const run = (...args: string[]) => spawnSync('apt-get', args, { cwd: HOME, encoding: 'utf8' });
  let done = run('download', '-qq', 'snac2');
  if (done.status !== 0 && run(...own, 'update', '-qq').status === 0) done = run(...own, 'download', '-qq', 'snac2');
  if (done.status !== 0) throw new Error(`Install snac2: apt-get could not fetch it.\n${done.stderr}`);
  for (const file of globSync(join(HOME, '*.deb'))) execFileSync('dpkg', ['-x', file, HOME]);
}
