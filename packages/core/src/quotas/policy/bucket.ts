import { DAY } from '@secateur/base/clock';

/** A token bucket as it stood at `refilledAt`. A token is one effect. */
export type Bucket = { level: number; ratePerDay: number; capacity: number; refilledAt: Date };

/** What every tenant and every account starts with. The predecessor's own figures, after ten retunings. */
export const FIRST_BUCKET = { ratePerDay: 10_000, capacity: 100_000 } as const;

/** A crowd of more than so many times the capacity is refused. */
const MOST_CAPACITIES = 20;

/** A full bucket. */
export function newBucket(now: Date): Bucket {
  return { ...FIRST_BUCKET, level: FIRST_BUCKET.capacity, refilledAt: now };
}

/** The bucket at `now`. Time that runs backwards adds nothing. */
export function refill(bucket: Bucket, now: Date): Bucket {
  const days = Math.max(0, now.getTime() - bucket.refilledAt.getTime()) / DAY;
  return { ...bucket, level: Math.min(bucket.capacity, bucket.level + days * bucket.ratePerDay), refilledAt: now };
}

/** Whole tokens there are at `now`. */
export function available(bucket: Bucket, now: Date): number {
  return Math.floor(refill(bucket, now).level);
}

/** Takes up to `want` tokens out. */
export function hold(bucket: Bucket, want: number, now: Date): { bucket: Bucket; granted: number } {
  const full = refill(bucket, now);
  const granted = Math.max(0, Math.min(want, Math.floor(full.level)));
  return { bucket: { ...full, level: full.level - granted }, granted };
}

/** Puts `count` tokens back; what runs over is lost, as it would have been. */
export function giveBack(bucket: Bucket, count: number, now: Date): Bucket {
  const full = refill(bucket, now);
  return { ...full, level: Math.min(full.capacity, full.level + count) };
}

/** When there will be `want` tokens, if nobody else takes any; capped at what fits. */
export function availableAt(bucket: Bucket, want: number, now: Date): Date {
  const full = refill(bucket, now);
  const missing = Math.min(want, full.capacity) - full.level;
  if (missing <= 0) return now;
  if (full.ratePerDay === 0) return new Date(now.getTime() + DAY);
  return new Date(now.getTime() + Math.ceil((missing / full.ratePerDay) * DAY));
}

/** The largest crowd that is begun at all. */
export function largestCrowd(bucket: Pick<Bucket, 'capacity'>): number {
  return bucket.capacity * MOST_CAPACITIES;
}
