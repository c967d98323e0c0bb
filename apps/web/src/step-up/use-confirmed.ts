'use client';
import { useContext } from 'react';
import { askedBy } from './asked-by.ts';
import { StepUpContext } from './step-up-state.ts';

/**
 * Does something that needs more than a session, for what is no call of a procedure: once more when somebody has confirmed
 * on the page that it is them. Who doesn't confirm it gets the refusal.
 */
export function useConfirmed(): <T>(work: () => Promise<T>) => Promise<T> {
  const state = useContext(StepUpContext);
  if (!state) throw new Error('There is nobody to ask here.');
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      const asked = askedBy(error);
      if (!asked || !(await state.ask(asked))) throw error;
      return work();
    }
  };
}
