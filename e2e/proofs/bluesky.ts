/**
 * The whole path on the real Bluesky servers (PLC directory, PDS with its limits on, AppView): somebody names a troll, a
 * worker is killed half-way and another finishes, the user changes things by hand, and when the time is up exactly our
 * records are gone. What counts is what the PDS holds.
 */
import { startRealBluesky } from '../bluesky/start.ts';
import { proveBluesky } from './bluesky/run.ts';
import { startServer } from './shared/database.ts';
import { readFlags } from './shared/flags.ts';
import { conclude, say } from './shared/say.ts';

const flags = readFlags({ followers: 450 }, ['server-keys', 'lift-all']);
const server = await startServer();
try {
  const servers = await startRealBluesky({ databaseUrl: server.outside });
  try {
    conclude(await proveBluesky({ server, servers, ...flags, say }));
  } finally {
    await servers.stop();
  }
} finally {
  await server.close();
}
