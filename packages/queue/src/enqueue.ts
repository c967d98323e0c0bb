import type { JobDefinition } from './job.ts';

/** The part of a transaction that is needed here; Prisma's transaction client has it. */
export type EnqueueTx = {
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>;
};

export type EnqueueOptions = {
  /** Instead of the job's own: smaller runs earlier. */
  priority?: number;
};

/**
 * Adds a job in the caller's transaction: it exists when, and only when, that commits.
 * Throws a ZodError, before anything is written, when the payload does not fit.
 */
export async function enqueue<Name extends string, Payload extends object>(
  tx: EnqueueTx,
  job: JobDefinition<Name, Payload>,
  payload: Payload,
  options: EnqueueOptions = {},
): Promise<void> {
  const parsed = job.payload.parse(payload);
  const priority = options.priority ?? job.priority;
  await tx.$executeRaw`select queue.enqueue(${job.lane}::text, ${job.name}::text, ${JSON.stringify(parsed)}::json, ${job.key(parsed)}::text, ${priority}::int, ${job.maxAttempts}::int)`;
}

/** The same for many payloads in one statement. Of those with the same key the last one counts. */
export async function enqueueMany<Name extends string, Payload extends object>(
  tx: EnqueueTx,
  job: JobDefinition<Name, Payload>,
  payloads: readonly Payload[],
  options: EnqueueOptions = {},
): Promise<void> {
  if (payloads.length === 0) return;
  const parsed = payloads.map((payload) => job.payload.parse(payload));
  const keys = parsed.map((payload) => job.key(payload));
  const priority = options.priority ?? job.priority;
  await tx.$executeRaw`select queue.enqueue_many(${job.lane}::text, ${job.name}::text, ${JSON.stringify(parsed)}::json, array(select json_array_elements_text(${JSON.stringify(keys)}::json)), ${priority}::int, ${job.maxAttempts}::int)`;
}
