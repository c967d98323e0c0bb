/**
 * `prove:pooler`: many askers read tenants' rows through a PgBouncer that pools by transaction, and nobody reads
 * another's.
 */
import { provePooler } from './pooler/run.ts';
import { startServer } from './shared/database.ts';
import { readFlags } from './shared/flags.ts';
import { conclude, say } from './shared/say.ts';

const flags = readFlags({ queries: 100_000, tenants: 200, askers: 48, servers: 6 }, ['session-tenant']);
const server = await startServer();
try {
  conclude(await provePooler(server, { ...flags, say }));
} finally {
  await server.close();
}
