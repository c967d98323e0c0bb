'use client';
import { useSyncExternalStore } from 'react';

let taken: string | null = null;

/** Takes the token out of the address, where history and screens would show it. */
function read(): string {
  const token = location.hash.slice(1);
  if (token !== '') {
    taken = token;
    history.replaceState(null, '', location.pathname);
  }
  return taken ?? '';
}

const never = () => () => {};

/** The token that this page was opened with; empty when there was none, undefined before it is known. */
export function useLinkToken(): string | undefined {
  return useSyncExternalStore<string | undefined>(never, read, () => undefined);
}
