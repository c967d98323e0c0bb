import { createHash } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Account, reachable, serverAccount } from './account.ts';

/**
 * Makes the directory and gives it to the account that the server runs as. Where that account cannot get there (a
 * closed directory above it), a directory under /var/tmp stands in, named by a hash so that the next start finds it.
 */
export function prepareDataDir(wanted: string): { dataDir: string; account: Account } {
  const dir = resolve(wanted);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const account = serverAccount(dir);
  if (account.uid === undefined) return { dataDir: dir, account };
  if (owned(dir, account)) return { dataDir: dir, account };
  const hash = createHash('sha256').update(dir).digest('hex').slice(0, 16);
  const standIn = join('/var/tmp', `secateur-data-${hash}`);
  mkdirSync(standIn, { recursive: true, mode: 0o700 });
  owned(standIn, account);
  return { dataDir: standIn, account };
}

function owned(dir: string, account: Account): boolean {
  if (account.uid === undefined || account.gid === undefined) return true;
  chownSync(dir, account.uid, account.gid);
  chmodSync(dir, 0o700);
  return reachable(dir, account);
}
