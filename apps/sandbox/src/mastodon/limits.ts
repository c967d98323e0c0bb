/** So many requests in any of the windows of so many seconds, which begin at whole multiples of their length. */
export type Throttle = { name: string; requests: number; seconds: number };

/** Source: mastodon/mastodon config/initializers/rack_attack.rb. */
export const THROTTLES = {
  token: { name: 'throttle_per_token_api', requests: 300, seconds: 300 },
  user: { name: 'throttle_authenticated_api', requests: 1_500, seconds: 300 },
  address: { name: 'throttle_unauthenticated_api', requests: 300, seconds: 300 },
  userPaging: { name: 'throttle_authenticated_paging', requests: 300, seconds: 900 },
  addressPaging: { name: 'throttle_unauthenticated_paging', requests: 300, seconds: 900 },
} as const satisfies Record<string, Throttle>;

/** Where one key stands after a request; `resetAt` is milliseconds since 1970. */
export type Standing = { throttle: Throttle; remaining: number; resetAt: number; exceeded: boolean };

/** Counts requests. One beyond the limit is refused and counted all the same. */
export class FediLimits {
  readonly #counts = new Map<string, { window: number; used: number }>();

  use(throttle: Throttle, key: string, now: number): Standing {
    const length = throttle.seconds * 1_000;
    const window = Math.floor(now / length);
    const name = `${throttle.name} ${key}`;
    const before = this.#counts.get(name);
    const used = (before?.window === window ? before.used : 0) + 1;
    this.#counts.set(name, { window, used });
    return {
      throttle,
      remaining: Math.max(0, throttle.requests - used),
      resetAt: (window + 1) * length,
      exceeded: used > throttle.requests,
    };
  }

  clear(): void {
    this.#counts.clear();
  }
}
