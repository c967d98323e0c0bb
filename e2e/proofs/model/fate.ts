import type pg from 'pg';
import type { DEATHS } from './command.ts';

type Death = (typeof DEATHS)[number];
type Query = (...args: unknown[]) => unknown;

/** What a dead worker would have gone on to do. */
class Died extends Error {}

/** The worker's end, as its database sees it: a pool on which nothing gets through any more but what undoes. */
export class Fate {
  how: Death | null = null;
  #after = 0;
  #life = new AbortController();

  constructor(pool: pg.Pool) {
    pool.on('connect', (client) => this.#ride(client));
  }

  get dead(): boolean {
    return this.#life.signal.aborted;
  }

  /** Aborted at the death of whoever is alive now. */
  get lost(): AbortSignal {
    return this.#life.signal;
  }

  reset(): void {
    this.#life = new AbortController();
    this.how = null;
  }

  doom(how: Death, after: number): void {
    this.how = how;
    this.#after = after;
  }

  die(): never {
    this.#life.abort();
    throw new Died('the worker died');
  }

  #ride(client: pg.PoolClient): void {
    const real: Query = client.query.bind(client) as Query;
    const watched: Query = (...args) => {
      const text = textOf(args[0]);
      if (text.startsWith('ROLLBACK')) return real(...args);
      const strikes = text.startsWith('COMMIT') && this.#strikes();
      if (strikes && this.how === 'before-commit') this.#life.abort();
      if (this.dead) return refuse(args);
      if (!strikes) return real(...args);
      return (async () => {
        await real(this.how === 'rolled-back' ? 'ROLLBACK' : 'COMMIT');
        this.die();
      })();
    };
    client.query = watched as typeof client.query;
  }

  #strikes(): boolean {
    const { how } = this;
    const ofCommit = how === 'before-commit' || how === 'rolled-back' || how === 'after-commit';
    return ofCommit && this.#after-- <= 0;
  }
}

function textOf(query: unknown): string {
  const text = typeof query === 'string' ? query : (query as { text?: unknown } | null)?.text;
  return typeof text === 'string' ? text.trimStart().toUpperCase() : '';
}

/** Fails in the way in which the caller asked. */
function refuse(args: unknown[]): unknown {
  const error = new Died('the worker is dead');
  const last = args.at(-1);
  if (typeof last !== 'function') return Promise.reject(error);
  process.nextTick(() => last(error));
  return undefined;
}
