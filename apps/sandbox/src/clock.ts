/** The sandbox's time: the machine's, moved by an offset that tests and the page change. Milliseconds since 1970. */
export class SandboxClock {
  offsetMs = 0;
  readonly #time: () => number;

  constructor(time: () => number) {
    this.#time = time;
  }

  now(): number {
    return this.#time() + this.offsetMs;
  }
}
