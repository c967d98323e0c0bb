import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until it is so. Throws, naming what it waited for, after so many seconds. */
export async function until(what: string, seconds: number, so: () => Promise<boolean>, everyMs = 20): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  while (!(await so())) {
    if (performance.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await pause(everyMs);
  }
}
