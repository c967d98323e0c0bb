import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until it is so. Throws, naming what it waited for, after so many seconds. */
export async function until(what: string, seconds: number, so: () => Promise<boolean>, everyMs = 20): Promise<void> {
  if (!(await becomes(seconds, so, everyMs))) throw new Error(`waited ${seconds} s in vain: ${what}`);
}

/** The same for what may well not come to be: false after so many seconds. */
export async function becomes(seconds: number, so: () => Promise<boolean>, everyMs = 20): Promise<boolean> {
  const end = performance.now() + seconds * 1_000;
  while (!(await so())) {
    if (performance.now() > end) return false;
    await pause(everyMs);
  }
  return true;
}

/** What comes of it, if it comes within so many seconds. Throws otherwise, naming what it waited for. */
export async function within<T>(what: string, seconds: number, work: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = pause(seconds * 1_000, undefined, { signal: over.signal }).then(() => {
    throw new Error(`waited ${seconds} s in vain: ${what}`);
  });
  // It is told to stop when the work was in time.
  late.catch(() => {});
  return Promise.race([work(), late]).finally(() => over.abort());
}
