import type pg from 'pg';

/** What ever stood in the database, table by table. */
export type Stand = { table: string; bytes: Buffer };

/**
 * Watches every table of the product, the queues' included: each version of each row is kept, so that what is there for a
 * moment only, like a job, is seen too.
 */
export async function watchRows(admin: pg.Pool): Promise<void> {
  await admin.query(`
    CREATE SCHEMA proof;
    CREATE TABLE proof.seen (name text NOT NULL, version text NOT NULL);
    CREATE FUNCTION proof.see() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      INSERT INTO proof.seen VALUES (TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, to_jsonb(NEW)::text);
      RETURN NULL;
    END $$;`);
  const { rows } = await admin.query<{ name: string }>(`
    SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND (n.nspname = 'public' OR n.nspname LIKE 'queue%')`);
  for (const { name } of rows) {
    await admin.query(
      `CREATE TRIGGER proof_sees AFTER INSERT OR UPDATE ON ${name} FOR EACH ROW EXECUTE FUNCTION proof.see()`,
    );
  }
}

/** Every version of every row that was seen, and every column of every table as it is now, also those nobody watches. */
export async function standing(admin: pg.Pool): Promise<Stand[]> {
  const seen = await admin.query<{ name: string; all: string }>(
    `SELECT name, string_agg(version, E'\\n') AS all FROM proof.seen GROUP BY 1`,
  );
  const stands = seen.rows.map(({ name, all }) => ({ table: `${name} seen`, bytes: withBytesBeside(all) }));
  const { rows: columns } = await admin.query<{ table: string; column: string; bytes: boolean }>(`
    SELECT format('%I.%I', n.nspname, c.relname) AS "table", format('%I', a.attname) AS "column",
           a.atttypid = 'bytea'::regtype AS bytes
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
      AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND (n.nspname, c.relname) <> ('proof', 'seen')`);
  for (const { table, column, bytes } of columns) {
    const { rows } = await admin.query<{ value: Buffer | string }>(
      `SELECT ${bytes ? column : `${column}::text`} AS value FROM ${table} WHERE ${column} IS NOT NULL`,
    );
    stands.push({ table, bytes: Buffer.concat(rows.map(({ value }) => Buffer.from(value))) });
  }
  return stands;
}

/** Text with what it shows as `\\x…` beside it, in bytes. */
function withBytesBeside(text: string): Buffer {
  const shown = [...text.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex ?? '', 'hex'));
  return Buffer.concat([Buffer.from(text), ...shown]);
}
