import { nextMonth } from '../../spending/policy/index.ts';

/** What a tenant may spend on effects: so much is left of this month, and so much there is of each later one. */
export class Purse {
  readonly #cap: number;
  readonly #each: number;
  #left: number;
  #until: number;

  /** Micro-dollars, `each` of one effect; where that is 0 nothing is spent. `owed` is spent before any. */
  constructor(money: { left: number; cap: number; each: number; owed: number; now: number }) {
    this.#cap = money.cap;
    this.#each = money.each;
    this.#left = money.left - money.owed;
    this.#until = nextMonth(new Date(money.now)).getTime();
  }

  /** How many effects there is money for at `at`. */
  room(at: number): number {
    if (this.#each === 0) return Number.POSITIVE_INFINITY;
    while (at >= this.#until) {
      // What was not left for what is owed is owed on; what is left over is not kept.
      this.#left = this.#cap + Math.min(0, this.#left);
      this.#until = nextMonth(new Date(this.#until)).getTime();
    }
    return Math.max(0, Math.floor(this.#left / this.#each));
  }

  spend(effects: number): void {
    this.#left -= effects * this.#each;
  }

  /** When there is money for one more; infinity where no month has enough. */
  opens(at: number): number {
    if (this.room(at) > 0) return at;
    return this.#cap >= this.#each ? this.#until : Number.POSITIVE_INFINITY;
  }
}
