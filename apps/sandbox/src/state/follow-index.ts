/** One stored follow, numbered in the order they were made. */
type Edge = { order: number; follower: string };

/** Who follows whom, seen from the followed: only follows that are stored, not those computed. */
export class FollowIndex {
  readonly #edges = new Map<string, Edge[]>();
  #order = 0;

  count(subject: string): number {
    return this.#edges.get(subject)?.length ?? 0;
  }

  add(subject: string, follower: string): void {
    const edges = this.#edges.get(subject);
    const edge = { order: ++this.#order, follower };
    if (edges === undefined) this.#edges.set(subject, [edge]);
    else edges.push(edge);
  }

  remove(subject: string, follower: string): void {
    const edges = this.#edges.get(subject);
    const at = edges?.findIndex((edge) => edge.follower === follower) ?? -1;
    if (at >= 0) edges?.splice(at, 1);
  }

  /** Up to `limit` followers made before the one numbered `before`, newest first, and the last one's number. */
  page(subject: string, limit: number, before: number): { followers: string[]; last: number } {
    const followers: string[] = [];
    const edges = this.#edges.get(subject) ?? [];
    let last = before;
    for (let i = edges.length - 1; i >= 0 && followers.length < limit; i--) {
      const edge = edges[i];
      if (edge === undefined || edge.order >= before) continue;
      followers.push(edge.follower);
      last = edge.order;
    }
    return { followers, last };
  }
}
