import { buildDeps } from './deps.ts';
import { readEnv } from './env.ts';
import { serveHealth } from './health.ts';
import { logCrashes } from './log-crashes.ts';
import { startWorker } from './run.ts';

const deps = await buildDeps(readEnv());
logCrashes(deps.log);
const worker = await startWorker(deps);
const health = await serveHealth(deps.env.WORKER_PORT, deps.db, () => !worker.lost.aborted);
deps.log.info({ member: worker.memberId, port: health.port, lanes: deps.env.LANES }, 'working');

const told = new Promise<string>((settle) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, settle);
  worker.lost.addEventListener('abort', () => settle('taken for dead'));
});
deps.log.info({ why: await told }, 'stopping');
await worker.stop();
health.server.closeAllConnections();
health.server.close();
await deps.close();
