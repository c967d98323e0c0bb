import { setTimeout as pause } from 'node:timers/promises';
import type { Child } from './child.ts';

/** Longest a process may take to become healthy, in milliseconds. */
const LONGEST = 60_000;
/** Longest one answer may take. */
const ANSWER = 5_000;

/** Settles when `url` answers with success. Throws a sentence when the child ends first or takes too long. */
export async function healthy(child: Child, url: string, signal?: AbortSignal): Promise<void> {
  let end: Awaited<Child['ended']> | null = null;
  void child.ended.then((how) => {
    end = how;
  });
  const deadline = Date.now() + LONGEST;
  while (!(await answers(url))) {
    signal?.throwIfAborted();
    if (end) throw new Error(died(child.name, end));
    if (Date.now() > deadline) throw new Error(`The ${child.name} did not become healthy within ${LONGEST / 1_000} s.`);
    await pause(30);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** How a child's end is told. */
export function died(name: string, { how, lastLines }: Awaited<Child['ended']>): string {
  return `The ${name} ${how}.${lastLines ? ` Its last lines:\n${lastLines}` : ''}`;
}
