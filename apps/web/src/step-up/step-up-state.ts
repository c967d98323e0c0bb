'use client';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Deed, Way } from '~/server/step-up/policy.ts';

/** What somebody has to confirm, and how. */
export type Asked = { deed: Deed; way: Way };
type Open = Asked & { settle: (confirmed: boolean) => void };

/** What is to be confirmed in this tab, one after the other. */
export class StepUpState {
  #open: Open | null = null;
  readonly #waiting: Open[] = [];
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly current = (): Open | null => this.#open;

  /** Asks for it on the page. Settles with whether it was confirmed. */
  readonly ask = (asked: Asked): Promise<boolean> =>
    new Promise((settle) => {
      this.#waiting.push({ ...asked, settle });
      if (this.#open === null) this.#next();
    });

  readonly answer = (confirmed: boolean): void => {
    this.#open?.settle(confirmed);
    this.#next();
  };

  #next(): void {
    this.#open = this.#waiting.shift() ?? null;
    for (const listener of this.#listeners) listener();
  }
}

export const StepUpContext = createContext<StepUpState | null>(null);

/** Asks somebody on the page to confirm what they are about to do. Settles with whether they did. */
export function useAsk(): StepUpState['ask'] {
  const state = useContext(StepUpContext);
  if (!state) throw new Error('There is nobody to ask here.');
  return state.ask;
}

/** What is being asked now, and how to answer it. */
export function useStepUp(): { asked: Asked | null; answer: (confirmed: boolean) => void } {
  const state = useContext(StepUpContext);
  if (!state) throw new Error('There is nobody to ask here.');
  return { asked: useSyncExternalStore(state.subscribe, state.current, () => null), answer: state.answer };
}
