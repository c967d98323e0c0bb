/** One request as the page shows it. `at` is the sandbox's time; status 0 stands for a broken connection. */
export type Recent = { at: number; method: string; account: string | null; status: number; fault: string | null };

const KEPT = 200;

/** The last requests, in a ring. */
export class RecentRequests {
  readonly #ring: Recent[] = [];
  #next = 0;

  add(request: Recent): void {
    this.#ring[this.#next] = request;
    this.#next = (this.#next + 1) % KEPT;
  }

  /** Newest first. */
  list(count: number): Recent[] {
    const ordered = [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)];
    return ordered.reverse().slice(0, count);
  }

  clear(): void {
    this.#ring.length = 0;
    this.#next = 0;
  }
}
