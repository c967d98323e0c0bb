import type { Logger } from 'pino';

/**
 * From now on what Next and libraries print as errors and warnings goes through the log: errors without their words, and other
 * words not at all, since they may be an error's.
 */
export function logConsole(log: Logger): void {
  for (const level of ['error', 'warn'] as const) {
    console[level] = (...said: unknown[]) => {
      const err = said.find((one) => one instanceof Error);
      log[level](err ? { err } : {}, 'printed');
    };
  }
}
