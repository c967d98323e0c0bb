import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** The user and group that the server's processes run as; empty when we are not root and need no other. */
export type Account = { uid?: number; gid?: number };

/**
 * PostgreSQL refuses to run as root. Then the owner of an existing data directory is used, else the account
 * `postgres`, else `nobody`.
 */
export function serverAccount(dataDir: string): Account {
  if (process.getuid?.() !== 0) return {};
  const owner = statSync(dataDir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name);
    const gid = idOf('-g', name);
    if (uid !== null && gid !== null) return { uid, gid };
  }
  throw new Error('PostgreSQL cannot run as root and this machine has neither an account "postgres" nor "nobody".');
}

function idOf(flag: '-u' | '-g', name: string): number | null {
  const found = spawnSync('id', [flag, name], { encoding: 'utf8' });
  return found.status === 0 ? Number(found.stdout) : null;
}

/** Whether that account can pass through every directory above `path`, and enter or run it. */
export function reachable(path: string, account: Account): boolean {
  return spawnSync('test', ['-x', path], { ...account, cwd: '/' }).status === 0;
}
