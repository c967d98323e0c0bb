import type { Credentials, Renewal } from '../port.ts';

export type Keeping = {
  renewal: Renewal;
  /** What was kept, oldest first: what it began with is not among it. */
  kept: Credentials[];
};

/**
 * A place that keeps credentials as a database would: whoever renews waits for whoever else does. `store` comes before
 * anything is kept and may refuse.
 */
export function keeping(first: Credentials, store: (next: Credentials) => Promise<void> = async () => {}): Keeping {
  const kept: Credentials[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  const renewal: Renewal = (renew) => {
    const mine = turn.then(async () => {
      const stored = kept.at(-1) ?? first;
      const next = await renew(stored);
      if (next === stored) return next;
      await store(next);
      kept.push(next);
      return next;
    });
    turn = mine.catch(() => {});
    return mine;
  };
  return { renewal, kept };
}
