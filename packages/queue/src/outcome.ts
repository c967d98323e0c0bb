/** How a job ended when it did not fail. A throw is a failure: the job comes back after graphile-worker's backoff. */
export type Outcome =
  | { readonly kind: 'done' }
  /** Not now. The row holds the time to come back, and a sweep makes the job again; this one is completed. */
  | { readonly kind: 'snooze'; readonly reason: string }
  /** Pointless: the payload or the row says that there is nothing to do. Logged and completed. */
  | { readonly kind: 'drop'; readonly reason: string };

export function done(): Outcome {
  return { kind: 'done' };
}

/** `reason` is a code, since it is logged and counted: no ids, no handles. */
export function snooze(reason: string): Outcome {
  return { kind: 'snooze', reason };
}

/** `reason` is a code, since it is logged and counted: no ids, no handles. */
export function drop(reason: string): Outcome {
  return { kind: 'drop', reason };
}
