// Loaded into the web app before its own code by `--bug no-where`: the allow list's query forgets whose it is.
import { createRequire } from 'node:module';

const pg = createRequire(new URL('../../../packages/db/package.json', import.meta.url))('pg');
const ask = pg.Client.prototype.query;
const WHERE = /WHERE e\.tenant_id = (\$\d+)::uuid ORDER BY e\.added_at/;
const forget = (sql) => sql.replace(WHERE, 'WHERE $1::uuid IS NOT NULL ORDER BY e.added_at');
pg.Client.prototype.query = function query(config, ...rest) {
  const told = typeof config === 'string' ? forget(config) : config;
  if (typeof told === 'object' && typeof told?.text === 'string') told.text = forget(told.text);
  return ask.call(this, told, ...rest);
};
