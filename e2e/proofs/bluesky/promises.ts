/** What is promised, in the words in which a failing run names it. */
export const PROMISES = {
  preview: 'the preview says who would be blocked, who is spared and who is blocked already',
  nothing: 'nothing is written before the shield is raised',
  keys: 'every record is under the key that was written down first',
  one: 'exactly one record for everybody who should have one',
  spared: 'none for the spared',
  hand: 'hand-made blocks are untouched',
  counts: 'the shield says what the network holds',
  undone: 'who was unblocked by hand stays so',
  gone: 'when the time is up exactly our records are gone',
} as const;
type Promised = keyof typeof PROMISES;

export class Broke extends Error {
  readonly promise: Promised;
  constructor(promise: Promised, found: unknown) {
    super(JSON.stringify(found));
    this.name = 'Broke';
    this.promise = promise;
  }
}

/** Throws, with what was found, where a promise does not hold. */
export function hold(holds: boolean, promise: Promised, found: unknown): void {
  if (!holds) throw new Broke(promise, found);
}
