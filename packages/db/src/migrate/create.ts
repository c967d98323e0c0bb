import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drift } from './drift.ts';
import { migrationsDir, PRISMA_DIR } from './files.ts';

/**
 * Writes a new migration with the SQL from the migrations to the schema files and returns its path; null when they
 * agree. What Prisma does not see (policies, grants, functions) is added to that file by hand before it is deployed.
 */
export async function create(url: string, name: string, prismaDir = PRISMA_DIR): Promise<string | null> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error('a migration is named in lower case with underscores');
  const sql = await drift(url, prismaDir);
  if (sql === null) return null;
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const dir = join(migrationsDir(prismaDir), `${stamp}_${name}`);
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'migration.sql');
  writeFileSync(file, sql);
  return file;
}
