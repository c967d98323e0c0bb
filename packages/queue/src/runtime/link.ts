import pg from 'pg';

/** Milliseconds after which a question that Postgres has not answered counts as a broken connection. */
const ANSWER_MS = 10_000;

export type LinkOptions = {
  /** Postgres itself: a pooler in transaction mode would share the session, and its locks, among strangers. */
  url: string;
  /** Shown as application_name, at most 63 characters. */
  name: string;
  /**
   * Milliseconds of silence after which the server ends the session and so frees its locks. While this process runs it
   * is never silent that long; a stopped one is.
   */
  silenceMs: number;
  /** Done on every new connection before its first use; when it throws, the connection is given up. */
  opened?: (client: pg.Client) => Promise<void>;
  /** Told whenever the connection is gone. */
  lost?: () => void;
};

/** One connection with a session of its own, opened on demand and opened again after a loss. */
export type Link = {
  /** Runs `work` alone on the connection. */
  use<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
  /** Lets what waits for its turn end, then closes. */
  close(): Promise<void>;
};

export function createLink({ url, name, silenceMs, opened, lost }: LinkOptions): Link {
  let client: pg.Client | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let closed = false;

  async function connected(): Promise<pg.Client> {
    if (client) return client;
    const fresh = new pg.Client({
      connectionString: url,
      application_name: name,
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
      idle_in_transaction_session_timeout: silenceMs,
      keepAlive: true,
    });
    const gone = () => {
      if (client !== fresh) return;
      client = null;
      lost?.();
    };
    fresh.on('error', gone);
    fresh.on('end', gone);
    try {
      await fresh.connect();
      await fresh.query("select set_config('idle_session_timeout', $1, false)", [`${silenceMs}ms`]);
      await opened?.(fresh);
    } catch (error) {
      await end(fresh);
      throw error;
    }
    client = fresh;
    return fresh;
  }

  async function turn<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    if (closed) throw new Error(`the connection "${name}" is closed`);
    try {
      return await work(await connected());
    } catch (error) {
      // What Postgres refused leaves the connection usable; anything else may have left an answer on its way.
      const refused = error instanceof pg.DatabaseError && error.severity === 'ERROR';
      if (!refused && client) {
        const broken = client;
        client = null;
        lost?.();
        await end(broken);
      }
      throw error;
    } finally {
      waiting -= 1;
    }
  }

  function use<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    waiting += 1;
    const mine = queue.then(() => turn(work));
    queue = mine.catch(() => {});
    return mine;
  }

  const pulse = setInterval(() => {
    if (client && waiting === 0) use((idle) => idle.query('select 1')).catch(() => {});
  }, silenceMs / 3);

  return {
    use,
    async close() {
      clearInterval(pulse);
      await queue;
      closed = true;
      const last = client;
      client = null;
      if (last) await end(last);
    },
  };
}

/** Ends a connection that may be broken already. */
async function end(client: pg.Client): Promise<void> {
  await client.end().catch(() => {});
}
