import { withEngine } from './engine.ts';
import { migrationList, PRISMA_DIR, schemaFiles } from './files.ts';

/**
 * The SQL that would bring the migrations to where the schema files are; null when they agree. The server at `url` lends
 * a shadow database, which is dropped again; its own contents are not looked at.
 * Policies, grants, roles, triggers, functions and CHECK constraints are outside Prisma's view.
 */
export function drift(url: string, prismaDir = PRISMA_DIR): Promise<string | null> {
  return withEngine(url, prismaDir, async (engine) => {
    const result = await engine.diff({
      from: { tag: 'migrations', ...migrationList(prismaDir) },
      to: { tag: 'schemaDatamodel', files: schemaFiles(prismaDir) },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return result.exitCode === 0 ? null : (result.stdout ?? '');
  });
}
