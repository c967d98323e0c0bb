type Edge = { order: number; ref: number };

/** Follows that are stored, seen from both ends and numbered in the order they were made. */
export class FollowEdges {
  readonly #followers = new Map<number, Edge[]>();
  readonly #following = new Map<number, Edge[]>();
  #order = 0;

  has(by: number, subject: number): boolean {
    return this.following(by).some((edge) => edge.ref === subject);
  }

  add(by: number, subject: number): void {
    if (this.has(by, subject)) return;
    const order = ++this.#order;
    push(this.#followers, subject, { order, ref: by });
    push(this.#following, by, { order, ref: subject });
  }

  remove(by: number, subject: number): void {
    drop(this.#followers, subject, by);
    drop(this.#following, by, subject);
  }

  /** Oldest first. */
  followers(of: number): readonly Edge[] {
    return this.#followers.get(of) ?? [];
  }

  following(of: number): readonly Edge[] {
    return this.#following.get(of) ?? [];
  }
}

function push(edges: Map<number, Edge[]>, key: number, edge: Edge): void {
  const list = edges.get(key);
  if (list === undefined) edges.set(key, [edge]);
  else list.push(edge);
}

function drop(edges: Map<number, Edge[]>, key: number, ref: number): void {
  const list = edges.get(key);
  const at = list?.findIndex((edge) => edge.ref === ref) ?? -1;
  if (at >= 0) list?.splice(at, 1);
}
