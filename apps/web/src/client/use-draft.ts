'use client';
import { useCallback, useEffect, useState } from 'react';
import type { z } from 'zod';

const PREFIX = 'secateur.draft.';

/** What was kept under a name in this tab, or null. */
export function readDraft<T>(name: string, schema: z.ZodType<T>): T | null {
  try {
    const result = schema.safeParse(JSON.parse(sessionStorage.getItem(PREFIX + name) ?? 'null'));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

/** Keeps `value` in this tab, until the tab is closed; null forgets it. */
export function writeDraft(name: string, value: object | null): void {
  try {
    if (value === null) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A browser that stores nothing still has the form on the page.
  }
}

/** Forgets everything kept in this tab. */
export function forgetDrafts(): void {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
  }
}

/**
 * What is typed into a form, kept in this tab so that an expired session, a reload or the way back from a preview loses
 * nothing. Never put a password into it. `ready` is false until what was kept has been read.
 */
export function useDraft<T extends object>(name: string, schema: z.ZodType<T>, initial: T) {
  const [draft, setState] = useState(initial);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const kept = readDraft(name, schema);
    if (kept) setState(kept);
    setReady(true);
  }, [name, schema]);
  const setDraft = useCallback(
    (change: Partial<T>) =>
      setState((before) => {
        const after = { ...before, ...change };
        writeDraft(name, after);
        return after;
      }),
    [name],
  );
  return { draft, setDraft, ready };
}
