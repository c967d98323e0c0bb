import type { Problem } from '@secateur/base';
import type { ErrorView } from '@secateur/rpc';
import { TRPCClientError } from '@trpc/client';

/** What went wrong with a call, as a page tells it. */
export type Trouble =
  | { kind: 'problem'; problem: Problem; fields: string[]; seconds: number | null }
  | { kind: 'fault'; id: string }
  | { kind: 'unreachable' };

/** An answer of one of our routes that isn't a success, with what it says of why. */
export class AnswerError extends Error {
  readonly data: unknown;
  constructor(data: unknown) {
    super('refused');
    this.name = 'AnswerError';
    this.data = data;
  }
}

/** The trouble that an error stands for. An answer that isn't ours means that we can't be reached. */
export function troubleOf(error: unknown): Trouble {
  const view = error instanceof TRPCClientError || error instanceof AnswerError ? viewOf(error.data) : null;
  if (view?.problem) {
    const { seconds } = view.data;
    return {
      kind: 'problem',
      problem: view.problem,
      fields: view.fields,
      seconds: typeof seconds === 'number' ? seconds : null,
    };
  }
  if (view?.faultId) return { kind: 'fault', id: view.faultId };
  return { kind: 'unreachable' };
}

/** Whether an error says that the session is over. */
export function isSignedOut(error: unknown): boolean {
  const trouble = troubleOf(error);
  return trouble.kind === 'problem' && trouble.problem === 'not_signed_in';
}

function viewOf(data: unknown): ErrorView | null {
  if (typeof data !== 'object' || data === null || !('view' in data)) return null;
  return data.view as ErrorView;
}
