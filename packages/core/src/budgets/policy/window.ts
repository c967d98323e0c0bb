/** Points spent in one short stretch of time, from `at` on. */
export type Spend = { at: Date; points: number };

/** No more than `points` in any `seconds`. */
export type Allowance = { seconds: number; points: number };

/**
 * What may be spent now, and when that grows. Counts every spend in the stretch it belongs to until the stretch's last
 * moment has left the window, so that no alignment of the network's own window can find more than `points`.
 * `need` is how many points the caller wants at least; `at` is when that many will be there (now, if they are already;
 * null if the window never holds so many).
 */
export function allowed(
  allowances: Allowance[],
  spends: Spend[],
  stretchSeconds: number,
  now: Date,
  need: number,
): { points: number; at: Date | null } {
  let points = Number.POSITIVE_INFINITY;
  let at: number | null = now.getTime();
  for (const allowance of allowances) {
    const leaves = spends
      .map((s) => ({ gone: s.at.getTime() + (stretchSeconds + allowance.seconds) * 1000, points: s.points }))
      .filter((s) => s.gone > now.getTime())
      .sort((a, b) => a.gone - b.gone);
    let free = allowance.points - leaves.reduce((sum, s) => sum + s.points, 0);
    points = Math.min(points, Math.max(0, free));
    let freeAt: number | null = free >= need ? now.getTime() : null;
    for (const s of leaves) {
      if (freeAt !== null) break;
      free += s.points;
      if (free >= need) freeAt = s.gone;
    }
    at = at === null || freeAt === null ? null : Math.max(at, freeAt);
  }
  return { points, at: at === null ? null : new Date(at) };
}

/** The stretch of time an instant belongs to. */
export function stretchOf(now: Date, stretchSeconds: number): Date {
  const ms = stretchSeconds * 1000;
  return new Date(Math.floor(now.getTime() / ms) * ms);
}

/** Seconds of the longest stretch of an account's ledger: 288 rows hold a day. */
const LONGEST_STRETCH = 300;

/**
 * Seconds of one stretch of an account's ledger. A stretch counts until its last moment has left the window, so it is short
 * against the shortest window: a tenth of that is what is lost by it.
 */
export function accountStretch(windows: Allowance[]): number {
  const shortest = Math.min(...windows.map((w) => w.seconds));
  return Math.max(1, Math.min(LONGEST_STRETCH, Math.floor(shortest / 10)));
}
