import { type Clock, SECOND, shiftedClock } from './clock.ts';

/** Real milliseconds between two looks at the other clock. */
const EVERY = SECOND / 2;

/**
 * The machine's clock, moved by as much as the clock at `url` (which answers `{ offsetMs }`) says it is: a demo lives by
 * the sandbox's. An answer that can't be had changes nothing. `ready` settles after the first try.
 */
export function followClock(url: string, until: AbortSignal): { clock: Clock; ready: Promise<void> } {
  let offset = 0;
  const look = async () => {
    try {
      const answer: unknown = await (await fetch(url, { signal: AbortSignal.timeout(2 * SECOND) })).json();
      if (
        typeof answer === 'object' &&
        answer !== null &&
        'offsetMs' in answer &&
        typeof answer.offsetMs === 'number'
      ) {
        offset = answer.offsetMs;
      }
    } catch {
      // The clock's own process may be starting; the next look is soon.
    }
  };
  const ready = look();
  const timer = setInterval(() => void look(), EVERY);
  timer.unref();
  until.addEventListener('abort', () => clearInterval(timer));
  return { clock: shiftedClock(() => offset), ready };
}
