import { type Clock, SECOND, shiftedClock } from '@secateur/base';
import { z } from 'zod';

const answer = z.object({ offsetMs: z.number() });

/**
 * A clock that runs as far from the machine's as the one at `url` says, asked once a second. While it doesn't answer
 * the last distance holds. `ready` settles after the first try, whatever came of it.
 */
export function followClock(url: string, signal: AbortSignal): { clock: Clock; ready: Promise<void> } {
  let offset = 0;
  const ask = async () => {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(SECOND), cache: 'no-store' });
      offset = answer.parse(await response.json()).offsetMs;
    } catch {
      // Asked again in a second.
    }
  };
  const ready = ask();
  const timer = setInterval(() => void ask(), SECOND);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  return { clock: shiftedClock(() => offset), ready };
}
