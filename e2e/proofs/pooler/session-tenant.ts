import pg from 'pg';

type Asked = { text: string; values?: unknown[] };

/**
 * The bug `session-tenant`: every client of this process remembers which tenant it said last, says it for the session and
 * not for the transaction, and doesn't say it again. It saves a statement, and works as long as nobody shares sessions.
 * Returns what ends it.
 */
export function seedSessionTenant(): () => void {
  const ask = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  const said = new WeakMap<object, string>();
  const patched = function query(this: object, config: string | Asked, ...rest: unknown[]) {
    const { text, values } = typeof config === 'string' ? { text: config, values: undefined } : config;
    if (!text.includes("set_config('app.tenant_id'")) return ask.call(this, config, ...rest);
    const tenantId = values ? String(values[0]) : (/'app\.tenant_id', '([^']+)'/.exec(text)?.[1] ?? '');
    const known = said.get(this) === tenantId;
    said.set(this, tenantId);
    const told = text.replace(
      /set_config\('app\.tenant_id', ([^,]+), true\)/,
      known ? '$1::text' : "set_config('app.tenant_id', $1, false)",
    );
    return ask.call(this, typeof config === 'string' ? told : { ...config, text: told }, ...rest);
  };
  pg.Client.prototype.query = patched as typeof pg.Client.prototype.query;
  return () => {
    pg.Client.prototype.query = ask as typeof pg.Client.prototype.query;
  };
}
