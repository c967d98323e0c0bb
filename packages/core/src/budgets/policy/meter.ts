import { SECOND } from '@secateur/base/clock';
import type { Allowance, Spend } from './window.ts';

type Leaving = { gone: number; points: number };

/** One window, and what counts in it until when, the earliest first. */
class Window {
  readonly points: number;
  readonly #ms: number;
  #used = 0;
  #from = 0;
  readonly #leaving: Leaving[] = [];

  constructor({ seconds, points }: Allowance) {
    this.points = points;
    this.#ms = seconds * SECOND;
  }

  add(stretchEnd: number, points: number): void {
    this.#leaving.push({ gone: stretchEnd + this.#ms, points });
    this.#used += points;
  }

  free(at: number): number {
    for (let first = this.#leaving[this.#from]; first && first.gone <= at; first = this.#leaving[this.#from]) {
      this.#used -= first.points;
      this.#from += 1;
    }
    return Math.max(0, this.points - this.#used);
  }

  /** When there will be `need`; infinity where the window never holds so many. */
  opens(at: number, need: number): number {
    if (need > this.points) return Number.POSITIVE_INFINITY;
    this.free(at);
    let free = this.points - this.#used;
    let opens = at;
    for (let i = this.#from; free < need; i += 1) {
      const next = this.#leaving[i];
      if (!next) return opens;
      free += next.points;
      opens = next.gone;
    }
    return opens;
  }
}

/**
 * An account's ledger led on into the future: what `allowed` would say at each later instant, were so much spent by then.
 * Instants are milliseconds since 1970 and never go back. For forecasts: it asks nobody and costs no more for a long ledger.
 */
export class Meter {
  readonly #windows: Window[];
  readonly #stretch: number;

  constructor(allowances: readonly Allowance[], stretchSeconds: number, spends: readonly Spend[]) {
    this.#windows = allowances.map((allowance) => new Window(allowance));
    this.#stretch = stretchSeconds * SECOND;
    for (const { at, points } of [...spends].sort((a, b) => a.at.getTime() - b.at.getTime()))
      for (const window of this.#windows) window.add(at.getTime() + this.#stretch, points);
  }

  /** Points that a full budget holds at once. */
  get most(): number {
    return Math.min(...this.#windows.map((window) => window.points));
  }

  free(at: number): number {
    return Math.min(...this.#windows.map((window) => window.free(at)));
  }

  /** When `need` points will be there, if nobody spends any; infinity where that never is. */
  opens(at: number, need: number): number {
    return Math.max(at, ...this.#windows.map((window) => window.opens(at, need)));
  }

  spend(at: number, points: number): void {
    if (points <= 0) return;
    const end = Math.floor(at / this.#stretch) * this.#stretch + this.#stretch;
    for (const window of this.#windows) window.add(end, points);
  }
}
