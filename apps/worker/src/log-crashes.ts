import type { Logger } from 'pino';

/** Ends the process at an error that nobody caught, logged as all are: Node would print its words and whatever hangs on it. */
export function logCrashes(log: Logger): void {
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'crashed');
    process.exit(1);
  });
}
