import { newId, type Problem, Refusal } from '@secateur/base';
import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { CODES } from './codes.ts';
import type { FaultLog } from './context.ts';

/** An error that nobody expected. It carries only the id under which its cause is logged. */
class Fault extends Error {
  readonly id: string;
  constructor(id: string) {
    super('fault');
    this.name = 'Fault';
    this.id = id;
  }
}

/** What a page is told about an error: a problem with the data that fills its sentence, or a fault's id. */
export type ErrorView = {
  problem: Problem | null;
  data: Readonly<Record<string, string | number>>;
  /** Paths of the input's fields that were refused. */
  fields: string[];
  faultId: string | null;
};

/**
 * The error as a caller may see it. Refusals and refused input keep their meaning; tRPC's own (an unknown procedure, a
 * stream that ends) go through; everything else is logged with its cause and becomes a fault with an id.
 */
export function translate(error: TRPCError, path: string, log: FaultLog): TRPCError {
  const cause = error.cause;
  if (cause instanceof Refusal) return new TRPCError({ code: CODES[cause.problem], message: cause.problem, cause });
  if (cause instanceof ZodError && error.code === 'BAD_REQUEST') return error;
  if (cause instanceof Fault || (cause === undefined && error.code !== 'INTERNAL_SERVER_ERROR')) return error;
  const fault = new Fault(newId());
  log.error({ fault: fault.id, path, err: cause ?? error }, 'a call failed');
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'fault', cause: fault });
}

/** The part of an error that is sent. */
export function viewOf(error: TRPCError): ErrorView {
  const none: ErrorView = { problem: null, data: {}, fields: [], faultId: null };
  const cause = error.cause;
  if (cause instanceof Refusal) return { ...none, problem: cause.problem, data: cause.data };
  if (cause instanceof Fault) return { ...none, faultId: cause.id };
  if (cause instanceof ZodError) {
    const fields = cause.issues.map((issue) => issue.path.join('.'));
    return { ...none, problem: 'invalid_input', fields };
  }
  return none;
}
