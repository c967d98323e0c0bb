import type { Told } from '~/server/follow.ts';

/** Milliseconds between two rounds of asking anew. */
const PAUSE = 500;

/**
 * Collects what was told and hands it over at most twice a second, each subject once. The first is handed over at
 * once. Returns how to tell it, and how to end it.
 */
export function gather(hand: (events: Told[]) => void): { tell: (event: Told) => void; end: () => void } {
  const waiting = new Map<string, Told>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const round = () => {
    timer = null;
    if (waiting.size === 0) return;
    const events = [...waiting.values()];
    waiting.clear();
    timer = setTimeout(round, PAUSE);
    hand(events);
  };
  return {
    tell(event) {
      waiting.set(`${event.kind} ${event.subjectId}`, event);
      timer ??= setTimeout(round, 0);
    },
    end() {
      if (timer) clearTimeout(timer);
    },
  };
}
