/** `prove:ledger`: search and filter in a ledger of a million targets, under row-level security. */
import { proveLedger } from './ledger/run.ts';
import { startServer } from './shared/database.ts';
import { readFlags } from './shared/flags.ts';
import { conclude, say } from './shared/say.ts';

const flags = readFlags({ targets: 1_000_000, others: 500_000, pages: 40 }, ['rls-scan']);
const server = await startServer();
try {
  conclude(await proveLedger(server, { ...flags, timed: true, say }));
} finally {
  await server.close();
}
