/**
 * The real worker with a fault seeded into it, for showing that a proof would notice. BUG names it:
 * - `server-keys`: the network chooses the keys of records, and no write names the head it is based on;
 * - `lift-all`: lifts whatever blocks a person, made by hand or not;
 * - `no-sweep`: nobody gives back what a dead worker held.
 */
import { buildDeps } from '../../../apps/worker/src/deps.ts';
import { readEnv } from '../../../apps/worker/src/env.ts';
import { startWorker } from '../../../apps/worker/src/run.ts';
import { liftAll } from './lift-all.ts';
import { serverKeys } from './server-keys.ts';

const { BUG } = process.env;
const deps = await buildDeps(readEnv());
if (BUG === 'server-keys') deps.networks.bluesky = serverKeys(deps.networks.bluesky);
if (BUG === 'lift-all') deps.networks.bluesky = liftAll(deps.networks.bluesky);
const worker = await startWorker(deps, { sweep: BUG !== 'no-sweep' });
deps.log.info({ member: worker.memberId }, 'working');
await new Promise((settle) => process.once('SIGTERM', settle));
await worker.stop();
await deps.close();
