/** One post. `P` is how its network names people inside; `id` is how posts are named. */
export type Post<P> = {
  id: string;
  key: string;
  author: P;
  text: string;
  /** The sandbox's time, in milliseconds. */
  at: number;
  /** What it answers, and the post that the conversation began with; null for one that answers nothing. */
  parent: string | null;
  root: string | null;
  quotes: string | null;
  /** Whom it names. Left out where nobody. */
  mentions?: P[];
  /** For whom it is, where that is not everybody. */
  visibility?: 'unlisted' | 'private' | 'direct';
};

export const MARKS = ['like', 'repost'] as const;
export type Mark = (typeof MARKS)[number];

export type PostChange<P> =
  | { do: 'write'; posts: Post<P>[] }
  | { do: 'delete'; id: string }
  /** The author of a quoted post takes it out of a quote. */
  | { do: 'detach'; id: string }
  | { do: 'mark'; mark: Mark; id: string; by: P[]; on: boolean };

/** Posts, what answers and quotes them, and who liked and reposted them, oldest first. Changed by `apply` and by nothing else. */
export class Posts<P> {
  readonly #posts = new Map<string, Post<P>>();
  readonly #gone = new Set<string>();
  readonly #detached = new Set<string>();
  readonly #replies = new Map<string, string[]>();
  readonly #quotes = new Map<string, string[]>();
  readonly #marks: Record<Mark, Map<string, Set<P>>> = { like: new Map(), repost: new Map() };

  apply(change: PostChange<P>): void {
    switch (change.do) {
      case 'write':
        for (const post of change.posts) {
          this.#posts.set(post.id, post);
          if (post.parent !== null) push(this.#replies, post.parent, post.id);
          if (post.quotes !== null) push(this.#quotes, post.quotes, post.id);
        }
        break;
      case 'delete':
        this.#gone.add(change.id);
        break;
      case 'detach':
        this.#detached.add(change.id);
        break;
      case 'mark': {
        const who = this.#marks[change.mark].get(change.id) ?? new Set();
        this.#marks[change.mark].set(change.id, who);
        for (const one of change.by) {
          if (change.on) who.add(one);
          else who.delete(one);
        }
        break;
      }
    }
  }

  /** Undefined for one that never was, or was deleted. */
  get(id: string): Post<P> | undefined {
    return this.#gone.has(id) ? undefined : this.#posts.get(id);
  }

  /** How many were ever written. */
  get made(): number {
    return this.#posts.size;
  }

  all(): Post<P>[] {
    return [...this.#posts.values()].filter((post) => !this.#gone.has(post.id));
  }

  /** Of one author, in the order they were written. */
  by(author: P): Post<P>[] {
    return this.all().filter((post) => post.author === author);
  }

  isDetached(quote: string): boolean {
    return this.#detached.has(quote);
  }

  replies(id: string): Post<P>[] {
    return this.#those(this.#replies, id);
  }

  quotes(id: string): Post<P>[] {
    return this.#those(this.#quotes, id);
  }

  marks(mark: Mark, id: string): ReadonlySet<P> {
    return this.#marks[mark].get(id) ?? new Set();
  }

  #those(index: Map<string, string[]>, id: string): Post<P>[] {
    return (index.get(id) ?? []).flatMap((one) => this.get(one) ?? []);
  }
}

function push(index: Map<string, string[]>, key: string, id: string): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [id]);
  else list.push(id);
}
