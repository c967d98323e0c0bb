import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** Locks that all processes on one database share. For work that must not be in a transaction, such as calling a network. */
export type Locks = {
  /**
   * Runs `work` while nobody else, in this process or another, runs work under the same name. Throws LockBusy when that takes
   * too long to come about. Real time.
   */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export class LockBusy extends Error {
  constructor() {
    super('somebody else has held the lock for too long');
    this.name = 'LockBusy';
  }
}

/** Milliseconds that one waits for others: longer than any call to a network may take. */
const PATIENCE = 60_000;
/** Milliseconds between two tries, growing to the second. */
const FIRST_TRY = 20;
const LAST_TRY = 250;

/**
 * Advisory locks of Postgres, all on one connection of their own: a session may hold any number of them, so that waiting for
 * one takes no connection from anybody. A process that dies gives its locks back with its connection. When only the
 * connection is lost, the work that runs goes on without its lock. `url` must reach Postgres past any pooler.
 */
export function createLocks(url: string, options: { name?: string } = {}): Locks {
  /** The last of those who queue for a name in this process. */
  const queues = new Map<string, Promise<unknown>>();
  let connection: Promise<pg.Client> | null = null;

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url, application_name: options.name });
    const forget = () => {
      connection = null;
    };
    client.on('error', forget);
    client.on('end', forget);
    try {
      await client.connect();
      return client;
    } catch (error) {
      forget();
      throw error;
    }
  };
  const ask = async (sql: string, name: string): Promise<boolean> => {
    connection ??= connect();
    const { rows } = await (await connection).query<{ done: boolean }>(sql, [`secateur ${name}`]);
    return rows[0]?.done === true;
  };

  const held = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const until = performance.now() + PATIENCE;
    for (let wait = FIRST_TRY; !(await ask(TAKE, name)); wait = Math.min(wait * 2, LAST_TRY)) {
      if (performance.now() > until) throw new LockBusy();
      await pause(wait);
    }
    try {
      return await work();
    } finally {
      // A lost connection has given it back already.
      await ask(GIVE, name).catch(() => false);
    }
  };

  return {
    async alone(name, work) {
      const before = queues.get(name) ?? Promise.resolve();
      const mine = before.then(
        () => held(name, work),
        () => held(name, work),
      );
      const tail = mine.catch(() => {});
      queues.set(name, tail);
      try {
        return await mine;
      } finally {
        if (queues.get(name) === tail) queues.delete(name);
      }
    },
    async close() {
      await (await connection?.catch(() => null))?.end();
    },
  };
}

const TAKE = 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS done';
const GIVE = 'SELECT pg_advisory_unlock(hashtextextended($1, 0)) AS done';
