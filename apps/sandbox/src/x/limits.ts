/** Requests in 15 minutes, as the app and as an account; null where an endpoint is not for one of them. */
export type XLimit = { app: number | null; account: number | null };

/** Source: docs.x.com, x-api/fundamentals/rate-limits (2026-08-22); blocking is historic. */
export const X_LIMITS = {
  'users/me': { app: null, account: 75 },
  users: { app: 300, account: 900 },
  'users/followers': { app: 300, account: 300 },
  'users/following': { app: 300, account: 300 },
  'users/blocking': { app: null, account: 15 },
  'users/blocking/create': { app: null, account: 50 },
  'users/blocking/delete': { app: null, account: 50 },
  'users/muting': { app: null, account: 15 },
  'users/muting/create': { app: null, account: 50 },
  'users/muting/delete': { app: null, account: 50 },
  tweets: { app: 450, account: 900 },
  'tweets/liking_users': { app: null, account: 75 },
  'tweets/retweeted_by': { app: 75, account: 75 },
  'tweets/quote_tweets': { app: 75, account: 75 },
  'tweets/search/recent': { app: 450, account: 300 },
  lists: { app: 75, account: 75 },
  'lists/members': { app: 900, account: 900 },
} as const satisfies Record<string, XLimit>;
export type XMethod = keyof typeof X_LIMITS;

const LENGTH = 900_000;

/** Where somebody stands with one endpoint after a request; `resetAt` is milliseconds since 1970. */
export type XStanding = { limit: number; remaining: number; resetAt: number; exceeded: boolean };

/** Counts requests, in windows that open with their first. */
export class XLimits {
  readonly #windows = new Map<string, { until: number; used: number }>();

  use(key: string, limit: number, now: number): XStanding {
    const open = this.#windows.get(key);
    const window = open === undefined || open.until <= now ? { until: now + LENGTH, used: 0 } : open;
    window.used++;
    this.#windows.set(key, window);
    return {
      limit,
      remaining: Math.max(0, limit - window.used),
      resetAt: window.until,
      exceeded: window.used > limit,
    };
  }

  clear(): void {
    this.#windows.clear();
  }
}
