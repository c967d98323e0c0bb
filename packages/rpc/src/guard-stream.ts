import { TRPCError } from '@trpc/server';
import type { FaultLog } from './context.ts';
import { translate } from './translate.ts';

/** A subscription's stream whose errors are translated like a call's: it fails long after the ladder let it through. */
export async function* guardStream<T>(stream: AsyncIterable<T>, path: string, log: FaultLog): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error));
    const wrapped = error instanceof TRPCError ? error : new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause });
    throw translate(wrapped, path, log);
  }
}
