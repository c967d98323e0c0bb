import { bare } from './bare.ts';

/** pino's options, as far as they are ours: pino's own types are not known here. */
export type LogOptions = {
  name: string;
  level: string;
  serializers: { err: (value: unknown) => unknown };
  formatters: { log: (fields: Record<string, unknown>) => Record<string, unknown> };
  hooks: { logMethod: (this: unknown, args: unknown[], method: (...args: never[]) => void) => void };
};

/**
 * How every process of ours logs: errors are logged without their words wherever they stand among a line's fields, and a
 * line is one object and one message. What the message would be made of is left out.
 */
export function logOptions(name: string, level: string): LogOptions {
  return {
    name,
    level,
    // By then they are plain objects.
    serializers: { err: (value) => value },
    formatters: {
      log: (fields) => Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, plain(value)])),
    },
    hooks: {
      logMethod(args, method) {
        const [first, second] = args;
        const message = typeof first === 'string' ? first : typeof second === 'string' ? second : 'no words';
        const fields = first instanceof Error ? { err: first } : typeof first === 'object' ? first : {};
        (method as (...args: unknown[]) => void).call(this, { ...fields }, message);
      },
    },
  };
}

function plain(value: unknown): unknown {
  return value instanceof Error ? bare(value) : value;
}
