'use client';
import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { readDraft, writeDraft } from '~/client/use-draft.ts';

const KEPT = 'invitation';
const kept = z.object({ token: z.string() });

/** Takes the token out of the address, where history and screens would show it, and keeps it while somebody signs in. */
function read(): string | null {
  const token = location.hash.slice(1);
  if (token !== '') {
    writeDraft(KEPT, { token });
    history.replaceState(null, '', location.pathname);
  }
  return readDraft(KEPT, kept)?.token ?? null;
}

const never = () => () => {};

/** The token of the invitation that was opened in this tab; null when there is none, undefined before it is known. */
export function useToken(): string | null | undefined {
  return useSyncExternalStore<string | null | undefined>(never, read, () => undefined);
}

/** Forgets it once it was taken. */
export function forgetToken(): void {
  writeDraft(KEPT, null);
}
