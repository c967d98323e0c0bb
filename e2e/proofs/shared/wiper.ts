import type pg from 'pg';

/** One statement that empties every table, jobs included. */
export async function wiper(admin: pg.Pool): Promise<string> {
  const { rows } = await admin.query<{ name: string }>(`
    SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND ((n.nspname = 'public' AND c.relname NOT LIKE '\\_prisma%') OR c.relname = '_private_jobs')`);
  const deletes = rows.map((r) => `DELETE FROM ${r.name};`).join('\n');
  return `BEGIN; SET LOCAL session_replication_role = replica;\n${deletes}\nCOMMIT;`;
}
