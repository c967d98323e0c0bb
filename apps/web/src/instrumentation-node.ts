import { setTimeout as pause } from 'node:timers/promises';
import { deps } from './deps.ts';
import { DEVELOPMENT, env } from './env.ts';
import { onEachRequest } from './server/each-request.ts';
import { logConsole } from './server/log-console.ts';
import { keepPaying } from './server/notices/owed.ts';

/** Milliseconds that calls in flight may still take, and that the last answer has to reach its browser. */
const GRACE = 3_000;
const FLUSH = 100;

/** Builds what the app needs, so that a wrong setting shows at the start and not at the first request. */
export async function start(): Promise<void> {
  const { clock, clockReady, db, ending, log, mailer } = deps();
  if (!DEVELOPMENT) logConsole(log);
  const { AUTH_URL, TRUSTED_HOPS } = env();
  onEachRequest({ https: AUTH_URL.startsWith('https:'), trustedHops: TRUSTED_HOPS });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end());
  await clockReady;
  void keepPaying({ prisma: db.prisma, clock, mailer, log }, ending.signal);
}

/** Ends streams, which would keep the process for ever, and connections that browsers hold open for later. */
async function end(): Promise<void> {
  const { ending, calls } = deps();
  ending.abort();
  await Promise.race([calls.idle(), pause(GRACE)]);
  await pause(FLUSH);
  process.exit(0);
}
