import { POLICIES } from './policies.ts';
import { type LimitStatus, Windows } from './windows.ts';

/** All windows of all policies. Every method returns the tightest status of those it used. */
export class Limits {
  readonly #address = new Windows(POLICIES.address);
  readonly #writesHour = new Windows(POLICIES.writesHour);
  readonly #writesDay = new Windows(POLICIES.writesDay);
  readonly #signIns = new Windows(POLICIES.signIns);
  readonly #signInsDay = new Windows(POLICIES.signInsDay);

  request(address: string, now: number): LimitStatus {
    return this.#address.use(address, 1, now);
  }

  /** Both windows are used in one go: retrying during an hour's lockout eats the day's budget too. */
  writes(did: string, points: number, now: number): LimitStatus {
    return tightest(this.#writesHour.use(did, points, now), this.#writesDay.use(did, points, now));
  }

  signIn(identifier: string, address: string, now: number): LimitStatus {
    const key = `${identifier} ${address}`;
    return tightest(this.#signInsDay.use(key, 1, now), this.#signIns.use(key, 1, now));
  }

  clear(): void {
    for (const windows of [this.#address, this.#writesHour, this.#writesDay, this.#signIns, this.#signInsDay])
      windows.clear();
  }
}

/** The one that refuses, else the one with fewest points left; of equals the first. */
export function tightest(a: LimitStatus, b: LimitStatus): LimitStatus {
  if (a.exceeded) return a;
  return b.exceeded || b.remaining < a.remaining ? b : a;
}
