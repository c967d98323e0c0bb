/** Counts the calls that are being answered, so that a process that is told to end can let them finish. */
export class InFlight {
  #count = 0;
  #waiting: (() => void)[] = [];

  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) for (const settle of this.#waiting.splice(0)) settle();
    }
  }

  /** Settles when nothing is being answered. */
  idle(): Promise<void> {
    if (this.#count === 0) return Promise.resolve();
    return new Promise((settle) => this.#waiting.push(settle));
  }
}
