import { setTimeout as pause } from 'node:timers/promises';
import type { Child } from './child.ts';
import { died } from './health.ts';
import { say } from './say.ts';
import { type Service, type Setup, startHealthy } from './services.ts';

/** First pause before a restart, in milliseconds; it doubles while restarts keep failing. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/**
 * Starts `service` again whenever it ends by itself, from the healthy `first` on. A restart that fails is said and
 * tried again: the rest of the product goes on without it. The function that is returned ends all this.
 */
export function supervise(service: Service, setup: Setup, first: Child): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;

  const again = async (): Promise<Child> => {
    for (let failures = 0; ; failures += 1) {
      await pause(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures), null, { signal });
      try {
        const next = await startHealthy(service, setup, signal);
        say(`${service.name} ready again`);
        return next;
      } catch (error) {
        signal.throwIfAborted();
        say(error instanceof Error ? error.message : String(error));
      }
    }
  };

  const keep = async () => {
    for (let child = first; ; child = await again()) {
      const told = new Promise<null>((settle) => signal.addEventListener('abort', () => settle(null), { once: true }));
      const end = await Promise.race([child.ended, told]);
      if (!end || signal.aborted) return child.stop();
      say(`${died(service.name, end)}\nStarting it again.`);
    }
  };

  const kept = keep().catch((error) => {
    if (!signal.aborted) throw error;
  });
  return async () => {
    stopping.abort();
    await kept;
  };
}
