import { deps } from './deps.ts';

/** Milliseconds that requests in flight may still take. */
const GRACE = 3_000;

/** Builds what the app needs, so that a wrong setting shows at the start and not at the first request. */
export async function start(): Promise<void> {
  const { clockReady, ending } = deps();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      // An open stream would keep the process for ever.
      ending.abort();
      setTimeout(() => process.exit(0), GRACE).unref();
    });
  }
  await clockReady;
}
