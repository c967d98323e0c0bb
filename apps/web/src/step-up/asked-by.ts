import type { ErrorView } from '@secateur/rpc';
import { TRPCClientError } from '@trpc/client';
import { AnswerError } from '~/client/trouble.ts';
import type { Asked } from './step-up-state.ts';

/** What an error asks to confirm; null when it is another one. */
export function askedBy(error: unknown): Asked | null {
  const data: unknown = error instanceof TRPCClientError || error instanceof AnswerError ? error.data : null;
  if (typeof data !== 'object' || data === null || !('view' in data)) return null;
  const view = data.view as ErrorView | null;
  return view?.problem === 'step_up_needed' ? (view.data as Asked) : null;
}
