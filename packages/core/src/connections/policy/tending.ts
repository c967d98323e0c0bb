/**
 * How long a session lasts: when it is lost for lying idle, when it ends whatever one does (null: not foreseen), and when
 * its owner was told of that.
 */
export type Lasting = { renewBy: Date | null; endsAt: Date | null; toldAt: Date | null };

/** What a session needs now. */
export type Tending = { end: boolean; tell: boolean; renew: boolean };

/** Milliseconds. Not from base, which browsers can't load. */
const DAY = 86_400_000;

/** How long before a session ends its owner is told: long enough for somebody who looks in twice a week. */
export const NOTICE = 3 * DAY;

/** One that ends is not renewed any more, only mentioned. */
export function tendingNow({ endsAt, toldAt }: Omit<Lasting, 'renewBy'>, now: Date): Tending {
  const left = endsAt === null ? Number.POSITIVE_INFINITY : endsAt.getTime() - now.getTime();
  return { end: left <= 0, tell: left > 0 && left <= NOTICE && toldAt === null, renew: left > NOTICE };
}

/**
 * When to look at it next, having just renewed it or begun: when half of the time is over for which it may lie idle, so
 * that days of outage do not lose it; when its owner is to be told; and when it ends. Null: never.
 */
export function nextTending({ renewBy, endsAt, toldAt }: Lasting, now: Date): Date | null {
  const half = renewBy === null ? null : new Date((now.getTime() + Math.max(renewBy.getTime(), now.getTime())) / 2);
  const notice = endsAt === null || toldAt !== null ? null : new Date(endsAt.getTime() - NOTICE);
  const renewal = half !== null && endsAt !== null && half.getTime() > endsAt.getTime() - NOTICE ? null : half;
  return [renewal, notice, endsAt].reduce(
    (first, at) => (at !== null && (first === null || at < first) ? at : first),
    null,
  );
}
