export const PURPOSES = ['modlist', 'curatelist', 'referencelist'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** A list of people, or a starter pack, which has no members but leads to the list that has them. */
export type ListRow<P> = {
  id: string;
  key: string;
  owner: P;
  name: string;
  purpose: Purpose;
  /** The list behind a starter pack, null for a list. */
  behind: string | null;
};

export type ListChange<P> =
  | { do: 'make'; list: ListRow<P> }
  | { do: 'members'; id: string; who: P[]; on: boolean }
  | { do: 'delete'; id: string };

/** Lists and their members, oldest first. Changed by `apply` and by nothing else. */
export class Lists<P> {
  readonly #lists = new Map<string, ListRow<P>>();
  readonly #members = new Map<string, Set<P>>();

  apply(change: ListChange<P>): void {
    switch (change.do) {
      case 'make':
        this.#lists.set(change.list.id, change.list);
        this.#members.set(change.list.id, new Set());
        break;
      case 'members':
        for (const one of change.who) {
          if (change.on) this.#members.get(change.id)?.add(one);
          else this.#members.get(change.id)?.delete(one);
        }
        break;
      case 'delete':
        this.#lists.delete(change.id);
        break;
    }
  }

  get(id: string): ListRow<P> | undefined {
    return this.#lists.get(id);
  }

  /** How many were ever made. */
  get made(): number {
    return this.#members.size;
  }

  all(): ListRow<P>[] {
    return [...this.#lists.values()];
  }

  members(id: string): ReadonlySet<P> {
    return this.#members.get(id) ?? new Set();
  }
}
