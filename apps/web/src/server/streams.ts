/**
 * Streams that one session may have open in this process. All tabs of a browser share one, so more than a few are a fault or
 * somebody who wants to see us run out of something.
 */
export const MOST_STREAMS = 20;

/** Which streams are open, by session. */
export class Streams {
  readonly #open = new Map<string, Set<() => void>>();

  /** One more. Where there are too many the oldest one is ended by its `end`. Returns what says that this one is over. */
  enter(sessionId: string, end: () => void): () => void {
    const mine = this.#open.get(sessionId) ?? new Set();
    this.#open.set(sessionId, mine);
    mine.add(end);
    const [oldest] = mine;
    if (mine.size > MOST_STREAMS && oldest) {
      mine.delete(oldest);
      oldest();
    }
    return () => {
      mine.delete(end);
      if (mine.size === 0 && this.#open.get(sessionId) === mine) this.#open.delete(sessionId);
    };
  }
}
