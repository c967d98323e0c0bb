import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes the data directory where it is not there, and takes it for this process. Throws a sentence when another launcher
 * is at work in it. The function that is returned gives it free.
 */
export function takeDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  // Where we are root the database's own account has to pass through, but not to look around.
  chmodSync(dataDir, 0o711);
  const file = join(dataDir, 'launcher');
  const holder = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [pid = ''] = holder.split(' ');
  if (holder !== '' && holder === nameOf(Number(pid))) {
    throw new Error(`Secateur already runs on ${dataDir} (process ${pid}). Stop it first.`);
  }
  writeFileSync(file, nameOf(process.pid));
  return () => rmSync(file, { force: true });
}

/**
 * A process's number and the time it started at (field 22 of /proc/<pid>/stat, in ticks since the machine started):
 * numbers are used again, the two together are not. Empty where no such process runs.
 */
function nameOf(pid: number): string {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return '';
  const fields = readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return fields[0] === 'Z' ? '' : `${pid} ${fields[19]}`;
}
