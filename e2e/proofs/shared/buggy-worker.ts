/**
 * The real worker with faults seeded into it, for showing that a proof would notice. BUG names them, commas between:
 * - `server-keys`: the network chooses the keys of records, and no write names the head it is based on;
 * - `lift-all`: lifts whatever blocks a person, made by hand or not;
 * - `no-sweep`: nobody gives back what a dead worker held;
 * - `log-token`: logs the credentials that it opened;
 * - `log-words`: logs errors with their words and what hangs on them;
 * - `open-key`: keeps the key of a consent in a column that nobody sealed;
 * - `job-token`: puts the refresh token of a consent into a job;
 * - `crash`: no fault of the product: dies of an error that holds the credentials it opened, so that its last words are heard.
 */

import { pino } from 'pino';
import { buildDeps } from '../../../apps/worker/src/deps.ts';
import { readEnv } from '../../../apps/worker/src/env.ts';
import { logCrashes } from '../../../apps/worker/src/log-crashes.ts';
import { startWorker } from '../../../apps/worker/src/run.ts';
import { keyInProfile, tokenInJob } from './careless-consent.ts';
import { liftAll } from './lift-all.ts';
import { serverKeys } from './server-keys.ts';
import { dieOf, tellOpened } from './tell-opened.ts';

const bugs = process.env.BUG?.split(',') ?? [];
const deps = await buildDeps(readEnv());
if (bugs.includes('log-words')) deps.log = pino({ level: deps.env.LOG_LEVEL, name: 'worker' });
logCrashes(deps.log);
if (bugs.includes('server-keys')) deps.networks.bluesky = serverKeys(deps.networks.bluesky);
if (bugs.includes('lift-all')) deps.networks.bluesky = liftAll(deps.networks.bluesky);
if (bugs.includes('log-token'))
  deps.networks.bluesky = tellOpened(deps.networks.bluesky, (text) => deps.log.info({ text }, 'opened'));
if (bugs.includes('open-key')) deps.networks.bluesky = keyInProfile(deps.networks.bluesky);
if (bugs.includes('job-token')) deps.networks.bluesky = tokenInJob(deps.networks.bluesky, deps.db);
if (bugs.includes('crash')) deps.networks.bluesky = tellOpened(deps.networks.bluesky, dieOf);
const worker = await startWorker(deps, { sweep: !bugs.includes('no-sweep') });
deps.log.info({ member: worker.memberId }, 'working');
await new Promise((settle) => process.once('SIGTERM', settle));
await worker.stop();
await deps.close();
