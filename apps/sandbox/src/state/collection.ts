/** A record of a block or a follow. `hand` when a person made it, not an app. */
export type Entry = { subject: string; createdAt: string; hand: boolean };

/**
 * The records of one collection in one repository, by key and by subject. Keys mostly arrive in ascending order, so they
 * are kept in a list that is put in order only when it has to be read.
 */
export class RecordCollection {
  readonly #entries = new Map<string, Entry>();
  readonly #bySubject = new Map<string, string | string[]>();
  #keys: string[] = [];
  #sorted = true;
  #lastCreatedAt = '';

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Entry | undefined {
    return this.#entries.get(key);
  }

  /** The keys of all records about a subject, in the order they were made. */
  keysFor(subject: string): readonly string[] {
    const keys = this.#bySubject.get(subject);
    return keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys;
  }

  /** The key of the latest record about a subject. */
  keyFor(subject: string): string | undefined {
    const keys = this.#bySubject.get(subject);
    return typeof keys === 'object' ? keys.at(-1) : keys;
  }

  /** The key must be free. */
  create(key: string, subject: string, createdAt: string, hand: boolean): void {
    // One text for a whole batch written at the same instant.
    if (createdAt !== this.#lastCreatedAt) this.#lastCreatedAt = createdAt;
    this.#entries.set(key, { subject, createdAt: this.#lastCreatedAt, hand });
    const others = this.#bySubject.get(subject);
    if (others === undefined) this.#bySubject.set(subject, key);
    else this.#bySubject.set(subject, typeof others === 'string' ? [others, key] : [...others, key]);
    const last = this.#keys.at(-1);
    if (last !== undefined && key <= last) this.#sorted = false;
    this.#keys.push(key);
  }

  /** Does nothing where there is no such key. */
  delete(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    const left = this.keysFor(entry.subject).filter((k) => k !== key);
    const [first] = left;
    if (first === undefined) this.#bySubject.delete(entry.subject);
    else this.#bySubject.set(entry.subject, left.length === 1 ? first : left);
    if (this.#keys.length > 64 && this.#keys.length > 2 * this.#entries.size) this.#sorted = false;
    return entry;
  }

  /** Up to `limit` records that come after `cursor` (not included), newest first, or oldest first with `reverse`. */
  page(limit: number, cursor: string | null, reverse: boolean): [key: string, entry: Entry][] {
    const keys = this.#inOrder();
    const found: [string, Entry][] = [];
    const step = reverse ? 1 : -1;
    let at = reverse ? 0 : keys.length - 1;
    if (cursor !== null) at = reverse ? firstFrom(keys, `${cursor}\0`) : firstFrom(keys, cursor) - 1;
    for (; at >= 0 && at < keys.length && found.length < limit; at += step) {
      const key = keys[at] ?? '';
      const entry = this.#entries.get(key);
      if (entry !== undefined) found.push([key, entry]);
    }
    return found;
  }

  /** Every record, in no particular order. */
  all(): IterableIterator<[string, Entry]> {
    return this.#entries.entries();
  }

  #inOrder(): string[] {
    // A key that was deleted and made again stands in the list twice; making the list anew drops the double.
    if (!this.#sorted) {
      this.#keys = [...this.#entries.keys()].sort();
      this.#sorted = true;
    }
    return this.#keys;
  }
}

/** The first position whose key is not before `key`. */
function firstFrom(keys: string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
