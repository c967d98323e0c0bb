import type { Policy } from './policies.ts';

/** Where one key stands with one policy after a use; `resetAt` is milliseconds since 1970. */
export type LimitStatus = { policy: Policy; remaining: number; resetAt: number; exceeded: boolean };

type Window = { until: number; used: number };

/** Fixed windows from first use. A use beyond the limit is refused and counted all the same, as the real server does. */
export class Windows {
  readonly #policy: Policy;
  readonly #windows = new Map<string, Window>();

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  use(key: string, points: number, now: number): LimitStatus {
    let window = this.#windows.get(key);
    if (window === undefined || window.until <= now) {
      window = { until: now + this.#policy.seconds * 1000, used: 0 };
      this.#windows.set(key, window);
    }
    window.used += points;
    return {
      policy: this.#policy,
      remaining: Math.max(0, this.#policy.points - window.used),
      resetAt: window.until,
      exceeded: window.used > this.#policy.points,
    };
  }

  clear(): void {
    this.#windows.clear();
  }
}
