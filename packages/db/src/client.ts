import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient as Whole } from './generated/client.ts';
import { openPool } from './pool.ts';
import type { PrismaClient } from './shared-client.ts';

export type DbOptions = {
  /** Connections at most. */
  max?: number;
  /** Shown as application_name in pg_stat_activity. */
  name?: string;
  /**
   * Prepares each statement once a connection, which saves parsing and much planning. For processes that keep their
   * connections and reach Postgres past any pooler that shares them out by transaction.
   */
  prepare?: boolean;
  /** Told when a connection is lost; the pool replaces it by itself. */
  onLost?: (error: Error) => void;
};

/** One pool of connections, for Prisma and for plain SQL alike. */
export type Db = { prisma: PrismaClient; pool: pg.Pool; close(): Promise<void> };

/** Connects on first use. Who calls this closes it. */
export function createDb(url: string, { max = 10, name, prepare = false, onLost }: DbOptions = {}): Db {
  const pool = openPool({ connectionString: url, max, application_name: name }, onLost);
  const prisma = new Whole({
    adapter: new PrismaPg(pool, prepare ? { statementNameGenerator: statementNames() } : {}),
    // Prisma's own 2 and 5 seconds are too short for a plan over a large crowd, and for a burst on a small pool.
    transactionOptions: { maxWait: 10_000, timeout: 60_000 },
  });
  sessions.set(prisma, { pool, prepare });
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

type Sessions = { pool: pg.Pool; prepare: boolean };
const sessions = new WeakMap<PrismaClient, Sessions>();

/** The connections that a client of ours works on. Throws for a client that `createDb` did not make. */
export function sessionsOf(prisma: PrismaClient): Sessions {
  const found = sessions.get(prisma);
  if (!found) throw new Error('this client was not made by createDb');
  return found;
}

/** Texts that are prepared. Ours are fewer; lists of changing length would make ever more. */
const MOST_PREPARED = 200;

/** Gives the same statement the same name; past the most, none, so that it is not prepared. */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MOST_PREPARED) return '';
    const name = `s${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
}
