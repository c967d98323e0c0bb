/** So many lifts that come due spread evenly from one instant to another, in milliseconds since 1970. */
export type Span = { count: number; from: number; to: number };

/** Spans of one length that begin one after the other. */
class Row {
  readonly #spans: Span[] = [];
  #begun = 0;
  #over = 0;
  /** Of those that are over; of those under way their counts, and those times their beginnings. */
  #past = 0;
  #under = 0;
  #moment = 0;

  add(span: Span): void {
    const last = this.#spans.at(-1);
    // What is done in one go again and again would be remembered for each time of a month.
    if (last && this.#begun < this.#spans.length && last.from === span.from && last.to === span.to)
      last.count += span.count;
    else this.#spans.push({ ...span });
  }

  by(at: number): number {
    for (let next = this.#spans[this.#begun]; next && next.from <= at; next = this.#spans[this.#begun]) {
      this.#under += next.count;
      this.#moment += next.count * next.from;
      this.#begun += 1;
    }
    let length = 0;
    for (let next = this.#spans[this.#over]; next && next.to <= at; next = this.#spans[this.#over]) {
      this.#under -= next.count;
      this.#moment -= next.count * next.from;
      this.#past += next.count;
      this.#over += 1;
    }
    const under = this.#spans[this.#over];
    if (under) length = under.to - under.from;
    return this.#past + (length > 0 ? (at * this.#under - this.#moment) / length : 0);
  }

  /** How many a millisecond come due at `at`, and when that changes next. */
  pace(at: number): { rate: number; until: number } {
    this.by(at);
    const under = this.#spans[this.#over];
    const rate = under && this.#under > 0 ? this.#under / (under.to - under.from) : 0;
    return { rate, until: this.#spans[this.#begun]?.from ?? Number.POSITIVE_INFINITY };
  }
}

/** Lifts that come due on an account: of what is done already, and of what a forecast does. Instants never go back. */
export class LiftsDue {
  readonly #rows = new Map<string, Row>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  /** Spans of one `row` are as long as each other and come in order. */
  add(row: string, span: Span): void {
    if (span.count <= 0) return;
    const its = this.#rows.get(row) ?? new Row();
    this.#rows.set(row, its);
    its.add(span);
    this.#total += span.count;
  }

  /** How many are due by then. */
  by(at: number): number {
    let sum = 0;
    for (const row of this.#rows.values()) sum += row.by(at);
    return Math.min(this.#total, Math.floor(sum + 1e-6));
  }

  /** About when `more` have come due than at `at`, or something changes; infinity where nothing comes any more. */
  next(at: number, more: number): number {
    let rate = 0;
    let until = Number.POSITIVE_INFINITY;
    for (const row of this.#rows.values()) {
      const pace = row.pace(at);
      rate += pace.rate;
      until = Math.min(until, pace.until);
    }
    return rate > 0 ? Math.min(until, at + Math.ceil(more / rate)) : until;
  }
}
