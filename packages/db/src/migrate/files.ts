import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationList, SchemaContainer } from '@prisma/schema-engine-wasm/schema_engine_bg';

/** The product's own folder of schema/*.prisma and migrations/. */
export const PRISMA_DIR = join(import.meta.dirname, '../../prisma');

/** Where the migrations of a Prisma folder live, one folder each. */
export function migrationsDir(prismaDir: string): string {
  return join(prismaDir, 'migrations');
}

/** The schema, one file a slice. */
export function schemaFiles(prismaDir: string): SchemaContainer[] {
  const dir = join(prismaDir, 'schema');
  const names = readdirSync(dir).filter((name) => name.endsWith('.prisma'));
  return names.sort().map((name) => ({ path: name, content: readFileSync(join(dir, name), 'utf8') }));
}

/** All migrations with their text, in the order in which they apply. */
export function migrationList(prismaDir: string): MigrationList {
  const dir = migrationsDir(prismaDir);
  return {
    baseDir: dir,
    lockfile: { path: './migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames(dir).map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(dir, name, 'migration.sql'), 'utf8') },
      },
    })),
  };
}

function migrationNames(dir: string): string[] {
  if (!existsSync(dir)) return [];
  const entries = readdirSync(dir, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}
