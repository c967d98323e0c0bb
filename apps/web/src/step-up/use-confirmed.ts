'use client';
import { askedBy } from './asked-by.ts';
import { useAsk } from './step-up-state.ts';

/**
 * Does something that needs more than a session, for what is no call of a procedure: once more when somebody has confirmed
 * on the page that it is them. Who doesn't confirm it gets the refusal.
 */
export function useConfirmed(): <T>(work: () => Promise<T>) => Promise<T> {
  const ask = useAsk();
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      const asked = askedBy(error);
      if (!asked || !(await ask(asked))) throw error;
      return work();
    }
  };
}
