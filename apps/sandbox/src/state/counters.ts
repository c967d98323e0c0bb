/** How many creates for one subject arrived, and how many became records. */
export type Tally = { arrived: number; applied: number };

export type Totals = {
  requests: Record<string, number>;
  statuses: Record<string, number>;
  creates: Tally;
  deletes: Tally;
};

/** What the network saw, for proofs that must not believe what the client says about itself. */
export class Counters {
  readonly #requests = new Map<string, number>();
  readonly #statuses = new Map<number, number>();
  readonly #creates = { arrived: 0, applied: 0 };
  readonly #deletes = { arrived: 0, applied: 0 };
  readonly #perSubject = new Map<string, Map<string, Tally>>();

  request(method: string): void {
    this.#requests.set(method, (this.#requests.get(method) ?? 0) + 1);
  }

  /** Status 0 stands for a broken connection. */
  status(status: number): void {
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
  }

  create(did: string, subject: string, stage: keyof Tally): void {
    this.#creates[stage]++;
    let subjects = this.#perSubject.get(did);
    if (subjects === undefined) {
      subjects = new Map();
      this.#perSubject.set(did, subjects);
    }
    let tally = subjects.get(subject);
    if (tally === undefined) {
      tally = { arrived: 0, applied: 0 };
      subjects.set(subject, tally);
    }
    tally[stage]++;
  }

  delete(stage: keyof Tally): void {
    this.#deletes[stage]++;
  }

  totals(): Totals {
    return {
      requests: Object.fromEntries(this.#requests),
      statuses: Object.fromEntries(this.#statuses),
      creates: { ...this.#creates },
      deletes: { ...this.#deletes },
    };
  }

  /** Every (account, subject) for which a create arrived. */
  *subjects(): Generator<[did: string, subject: string, tally: Tally]> {
    for (const [did, subjects] of this.#perSubject)
      for (const [subject, tally] of subjects) yield [did, subject, tally];
  }

  clear(): void {
    this.#requests.clear();
    this.#statuses.clear();
    this.#perSubject.clear();
    for (const tally of [this.#creates, this.#deletes]) tally.arrived = tally.applied = 0;
  }
}
