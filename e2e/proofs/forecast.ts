/**
 * `prove:forecast`: what a preview foretells, against what comes of it under the documented limits: a large crowd on Mastodon, three
 * overlapping shields on Bluesky, and a month's money that runs out on X. The sandbox's clock is moved, not waited for.
 */
import { BUGS } from './forecast/bugs.ts';
import { proveForecast } from './forecast/run.ts';
import { startServer } from './shared/database.ts';
import { readFlags } from './shared/flags.ts';
import { conclude, say } from './shared/say.ts';

const flags = readFlags({ followers: 100_000, listed: 0, members: 12_000, muted: 2_000 }, BUGS);
const server = await startServer();
try {
  conclude(await proveForecast(server, { ...flags, say }));
} finally {
  await server.close();
}
