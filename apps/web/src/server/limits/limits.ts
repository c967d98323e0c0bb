import { createHmac } from 'node:crypto';
import { DAY, Refusal, SECOND } from '@secateur/base';
import type { Db } from '@secateur/db';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { POLICIES, type PolicyName } from './policies.ts';

/**
 * Counts one try of what the policy `name` limits, by or for `key`. Null when it may go on, otherwise the seconds after
 * which it may be tried again. Throws what the database throws: where tries can't be counted nothing is tried. That
 * shuts nobody out who could get in otherwise, since the same database holds the sessions.
 */
export type CountTry = (name: PolicyName, key: string) => Promise<number | null>;

/** The same, and throws `too_many_tries` with the seconds when it may not go on. */
export type Limit = (name: PolicyName, key: string) => Promise<void>;

const TABLE = 'rate_limits';

/** Limits kept in the database, so that all web processes count together. The migration makes the table. */
export function createLimits(pool: Db['pool'], secret: string, now: () => number = Date.now): CountTry {
  // Without their names, under which the library prepares its statements: a pooler shares connections out.
  const storeClient = { query: ({ text, values }: { text: string; values: unknown[] }) => pool.query(text, values) };
  const entries = Object.entries(POLICIES).map(([name, { times, within }], i) => {
    const limiter = new RateLimiterPostgres({
      storeClient,
      storeType: 'pool',
      tableName: TABLE,
      tableCreated: true,
      // One of them clears up for all.
      clearExpiredByTimeout: i === 0,
      keyPrefix: name,
      points: times,
      duration: within / SECOND,
    });
    return [name, limiter] as const;
  });
  const limiters = new Map<string, RateLimiterPostgres>(entries);
  return async (name, key) => {
    try {
      await limiters.get(name)?.consume(hashed(secret, key, now()));
      return null;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return Math.max(1, Math.ceil(error.msBeforeNext / SECOND));
    }
  };
}

/** Refusals are made where they are caught: what hangs on the process comes from another bundle, with classes of its own. */
export function limitBy(count: CountTry): Limit {
  return async (name, key) => {
    const seconds = await count(name, key);
    if (seconds !== null) throw new Refusal('too_many_tries', { seconds });
  };
}

/**
 * What is kept in place of a mailbox or an IP address: nobody can turn it back without the app's secret, nor tell that
 * two days' are the same.
 */
function hashed(secret: string, key: string, now: number): string {
  const today = createHmac('sha256', secret)
    .update(`limits ${Math.floor(now / DAY)}`)
    .digest();
  return createHmac('sha256', today).update(key).digest('base64url');
}
