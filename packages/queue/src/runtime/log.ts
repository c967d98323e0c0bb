import { Logger } from 'graphile-worker';

/** What is needed of a logger; pino's fits. Fields hold ids, counts and codes, never payloads. */
export type Log = Record<'debug' | 'info' | 'warn' | 'error', (fields: object, message: string) => void>;

/**
 * graphile-worker's words in our log. Its fields are left out, since they hold whole jobs with their payloads, and so
 * are its lines about single jobs, which `taskOf` logs with the outcome.
 */
export function graphileLogger(log: Log): Logger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'debug' } as const;
  return new Logger((scope) => (level, message, meta) => {
    if (level === 'debug' || meta?.failure === true || meta?.success === true) return;
    // A lane has fewer connections than slots on purpose: a job needs one for a millisecond at either end.
    if (message.startsWith('WARNING: having maxPoolSize')) return;
    log[levels[level]]({ part: scope.label ?? 'core' }, message);
  });
}

/**
 * An error as two words that may be stored and logged anywhere: its class and, when it has one, its code. Messages may
 * quote what somebody sent.
 */
export function inShort(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error ? String(error.code) : '';
  return /^[\w.-]{1,64}$/.test(code) ? `${error.name} ${code}` : error.name;
}
