'use client';
import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { readDraft, writeDraft } from './use-draft.ts';

const kept = z.object({ token: z.string() });
const never = () => () => {};

/** Takes the token out of the address, where history and screens would show it, and keeps it while somebody signs in. */
function read(name: string): string | null {
  const token = location.hash.slice(1);
  if (token !== '') {
    writeDraft(name, { token });
    history.replaceState(null, '', location.pathname);
  }
  return readDraft(name, kept)?.token ?? null;
}

/** The token of the link that was opened in this tab; null when there is none, undefined before it is known. */
export function useKeptToken(name: string): string | null | undefined {
  return useSyncExternalStore<string | null | undefined>(
    never,
    () => read(name),
    () => undefined,
  );
}

/** Forgets it once it was taken. */
export function forgetToken(name: string): void {
  writeDraft(name, null);
}
