/**
 * `prove:kill`: workers are killed with SIGKILL at random moments, in waves, while one write in a hundred is carried out and
 * its answer lost; and Postgres is crashed under them. Then the network's own records are counted.
 */
import { proveKill } from './kill/run.ts';
import { startServer } from './shared/database.ts';
import { readFlags } from './shared/flags.ts';
import { conclude, say } from './shared/say.ts';

/** Seconds within which orphaned work must be somebody else's. */
const RECOVERY = 5;

const flags = readFlags({ targets: 20_000, accounts: 40, kills: 200, fleet: 8, crashes: 2, resets: 1 }, [
  'server-keys',
  'no-sweep',
]);
const server = await startServer();
try {
  conclude(await proveKill(server, { ...flags, recovery: RECOVERY, say }));
} finally {
  await server.close();
}
