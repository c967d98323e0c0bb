'use client';
import { createContext, useContext, useSyncExternalStore } from 'react';

/** Whether the session has turned out to be over since the page was loaded. */
export class SessionState {
  #signedOut = false;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly signedOut = (): boolean => this.#signedOut;

  readonly tell = (signedOut: boolean): void => {
    if (this.#signedOut === signedOut) return;
    this.#signedOut = signedOut;
    for (const listener of this.#listeners) listener();
  };
}

export const SessionStateContext = createContext<SessionState | null>(null);

/** True from the first answer that says so until one that says otherwise. */
export function useSignedOut(): boolean {
  const state = useContext(SessionStateContext);
  if (!state) throw new Error('There is no session state here.');
  return useSyncExternalStore(state.subscribe, state.signedOut, () => false);
}
