import type { z } from 'zod';
import type { Lane } from './lane.ts';

/** What can be said of a job without knowing its payload. */
export type AnyJob = {
  readonly name: string;
  readonly lane: Lane;
  readonly maxAttempts: number;
  readonly priority: number;
};

/** A job, declared once beside the verb that it calls. */
export type JobDefinition<Name extends string, Payload extends object> = AnyJob & {
  readonly name: Name;
  readonly payload: z.ZodType<Payload, Payload>;
  readonly key: (payload: Payload) => string | null;
};

/**
 * Tries before a failing job is given up. graphile-worker waits e^n seconds after try n, so that these eight end after
 * half an hour and no wait is longer than 20 minutes; from the tenth on it would be 6 hours. The row that the job is
 * about outlives it, and a reconciler makes it again.
 */
const MAX_ATTEMPTS = 8;

/**
 * Declares a job. The payload holds ids only. While a job with the same `key` waits there is no second one; a running
 * one is followed by another. A smaller `priority` runs earlier within the lane (from -32768 to 32767, 0 unless told).
 */
export function defineJob<const Name extends string, Payload extends object>(definition: {
  name: Name;
  lane: Lane;
  payload: z.ZodType<Payload, Payload>;
  key: (payload: Payload) => string | null;
  maxAttempts?: number;
  priority?: number;
}): JobDefinition<Name, Payload> {
  return { maxAttempts: MAX_ATTEMPTS, priority: 0, ...definition };
}
