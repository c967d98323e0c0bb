import { SECOND } from '@secateur/base';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { CALLS } from './policies.ts';

/** Counts a call of a session's. Null when it may go on, otherwise the seconds after which it may be tried again. */
export type CountCall = (sessionId: string) => Promise<number | null>;

/** Kept in memory: what this is for is to spare the database. */
export function createCallLimit(): CountCall {
  const limiter = new RateLimiterMemory({ points: CALLS.times, duration: CALLS.within / SECOND });
  return async (sessionId) => {
    try {
      await limiter.consume(sessionId);
      return null;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return Math.max(1, Math.ceil(error.msBeforeNext / SECOND));
    }
  };
}
