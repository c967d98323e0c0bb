/** Things that are kept for a while, and no longer than they are used. */
export type Memo<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
};

/**
 * Keeps at most `most` things; one that nobody asked for in `idleMs` real milliseconds is dropped. What is in use is never
 * dropped for its age. For what should not lie about in memory: a timer drops it although nobody comes.
 */
export function createMemo<Value>(most: number, idleMs: number): Memo<Value> {
  const kept = new Map<string, { value: Value; used: number }>();
  let scheduled = false;

  const sweep = () => {
    scheduled = false;
    const before = performance.now() - idleMs;
    for (const [key, { used }] of kept) {
      if (used > before) break;
      kept.delete(key);
    }
    if (kept.size > 0) schedule();
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    setTimeout(sweep, idleMs).unref();
  };
  // The map is in the order of use.
  const put = (key: string, value: Value) => {
    kept.delete(key);
    kept.set(key, { value, used: performance.now() });
  };
  return {
    get(key) {
      const found = kept.get(key);
      if (!found) return undefined;
      put(key, found.value);
      return found.value;
    },
    set(key, value) {
      put(key, value);
      const oldest = kept.keys().next();
      if (kept.size > most && !oldest.done) kept.delete(oldest.value);
      schedule();
    },
    delete: (key) => void kept.delete(key),
  };
}
