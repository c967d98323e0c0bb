/** SQL of a trigger that corrupts what a table is given. */
export function bugTrigger(table: string, event: string, body: string, { when }: { when?: string } = {}): string {
  const name = `bug_${table.replace('.', '_')}`;
  return `
    CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN ${body} RETURN NEW; END $$;
    CREATE TRIGGER ${name} ${event} ON ${table} FOR EACH ROW ${when ? `WHEN (${when})` : ''} EXECUTE FUNCTION ${name}();`;
}

/** SQL that takes all of them out again. */
export const NO_BUGS = `
  DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT oid::regprocedure::text FROM pg_proc WHERE proname LIKE 'bug\\_%' LOOP
      EXECUTE 'DROP FUNCTION ' || one || ' CASCADE';
    END LOOP;
  END $$`;
