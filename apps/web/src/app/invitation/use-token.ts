'use client';
import { forgetToken as forget, useKeptToken } from '~/client/kept-token.ts';

const KEPT = 'invitation';

/** The token of the invitation that was opened in this tab; null when there is none, undefined before it is known. */
export function useToken(): string | null | undefined {
  return useKeptToken(KEPT);
}

/** Forgets it once it was taken. */
export function forgetToken(): void {
  forget(KEPT);
}
