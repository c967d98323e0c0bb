import pg from 'pg';

type Asked = { text: string; values?: unknown[] };

/**
 * The bug `rls-scan`: a search begins with the tenant's own rows and compares the name of each, as if row-level security let
 * an index be read for that. Returns what ends it.
 */
export function seedRlsScan(): () => void {
  const ask = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  const patched = function query(this: object, config: string | Asked, ...rest: unknown[]) {
    if (typeof config === 'string') return ask.call(this, config, ...rest);
    if (/FROM profiles WHERE handle ILIKE/.test(config.text)) {
      // Too many to begin with, whoever is looked for.
      const text = 'SELECT id FROM profiles WHERE $1::text IS NOT NULL AND $2::text IS NOT NULL LIMIT $3';
      return ask.call(this, { ...config, text }, ...rest);
    }
    const along =
      /WITH pair AS/.test(config.text) &&
      config.values?.some((value) => typeof value === 'string' && value.includes('%'));
    const values = along
      ? config.values?.map((value) => (typeof value === 'number' && value > 1_000 ? 2_000_000_000 : value))
      : config.values;
    return ask.call(this, { ...config, values }, ...rest);
  };
  pg.Client.prototype.query = patched as typeof pg.Client.prototype.query;
  return () => {
    pg.Client.prototype.query = ask as typeof pg.Client.prototype.query;
  };
}
