import type { Catalogue, JobName } from './catalogue.ts';
import type { AnyJob, JobDefinition } from './job.ts';
import type { Outcome } from './outcome.ts';

/** What a handler may know about its run, besides the payload. */
export type Run = {
  readonly jobId: string;
  /** This try, from 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** The fleet member that runs it, for leases: they are cleared when this member is found dead. */
  readonly memberId: string;
  /** Aborted when the process is to end, or was taken for dead and its work given to others. Throw then. */
  readonly signal: AbortSignal;
};

export type Handler<Payload> = (payload: Payload, run: Run) => Promise<Outcome>;

/** A job with its handler. The payload's type is checked where they are bound and forgotten afterwards. */
export type Binding<Name extends string = string> = {
  readonly name: Name;
  readonly job: AnyJob;
  /** Parses, then runs the handler; null when the payload does not fit, with where and why it does not. */
  handle(payload: unknown, run: Run): Promise<Outcome> | { readonly unfit: readonly string[] };
};

/** Binds a job to the one function that does it. */
export function bind<Name extends string, Payload extends object>(
  job: JobDefinition<Name, Payload>,
  handler: Handler<Payload>,
): Binding<Name> {
  return {
    name: job.name,
    job,
    handle(payload, run) {
      const parsed = job.payload.safeParse(payload);
      if (parsed.success) return handler(parsed.data, run);
      // Paths and codes only: a message may quote what was sent.
      return { unfit: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`) };
    },
  };
}

/** Every job's binding by its name. Only `handlers` makes one. */
export type Handlers = ReadonlyMap<string, Binding>;

type Unbound<C extends Catalogue, B extends readonly Binding[]> = Exclude<JobName<C>, B[number]['name']>;

/**
 * The bindings of all jobs of a catalogue. A job left out is a compile error that names it; one bound twice, or not in
 * the catalogue, throws.
 */
export function handlers<const C extends Catalogue, const B extends readonly Binding[]>(
  catalogue: C,
  bindings: B & ([Unbound<C, B>] extends [never] ? unknown : { readonly unbound: Unbound<C, B> }),
): Handlers {
  const known = new Set<AnyJob>(Object.values(catalogue));
  const bound = new Map<string, Binding>();
  for (const binding of bindings) {
    if (!known.has(binding.job)) throw new Error(`${binding.name} is not in the catalogue`);
    if (bound.has(binding.name)) throw new Error(`${binding.name} is bound twice`);
    bound.set(binding.name, binding);
  }
  return bound;
}
