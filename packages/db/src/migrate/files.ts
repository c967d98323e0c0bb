import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationList, SchemaContainer } from '@prisma/schema-engine-wasm/schema_engine_bg';

const prisma = join(import.meta.dirname, '../../prisma');

/** Where migrations live, one folder each. */
export const migrationsDir = join(prisma, 'migrations');

/** The schema, one file a slice. */
export function schemaFiles(): SchemaContainer[] {
  const dir = join(prisma, 'schema');
  const names = readdirSync(dir).filter((name) => name.endsWith('.prisma'));
  return names.sort().map((name) => ({ path: name, content: readFileSync(join(dir, name), 'utf8') }));
}

/** All migrations with their text, in the order in which they apply. */
export function migrationList(): MigrationList {
  return {
    baseDir: migrationsDir,
    lockfile: { path: './migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames().map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(migrationsDir, name, 'migration.sql'), 'utf8') },
      },
    })),
  };
}

function migrationNames(): string[] {
  if (!existsSync(migrationsDir)) return [];
  const entries = readdirSync(migrationsDir, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}
