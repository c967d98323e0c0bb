/** A promise was broken. */
export class Broke extends Error {
  readonly promise: string;
  constructor(promise: string, found: string) {
    super(found);
    this.name = 'Broke';
    this.promise = promise;
  }
}

/** Which of a proof's promises was broken, by what, at which command. */
export type Failure<Promised> = { promise: Promised; found: string; at: number };

/** What an error says about the promises: one of them by name, or that nobody expected it. */
export function failureOf<Promised extends string>(error: unknown, at: number): Failure<Promised | 'expected'> {
  if (error instanceof Broke) return { promise: error.promise as Promised, found: error.message, at };
  return { promise: 'expected', found: error instanceof Error ? (error.stack ?? error.message) : '', at };
}
