import { DAY } from '@secateur/base';

/**
 * How long sessions last, in milliseconds: `whole` from signing in, `idle` between two renewals. The specification bounds
 * them (atproto.com/specs/oauth) and no server tells its own: these are the reference server's, which Bluesky runs
 * (packages/oauth/oauth-provider/src/oauth-constants.ts; a year is 365.25 days there, a month a twelfth of it).
 */
export const LIFETIMES = {
  /** A client that can't prove who it is: what somebody runs on their own machine. */
  public: { whole: 14 * DAY, idle: 14 * DAY },
  /** A client with a key of its own: a hosted service. */
  confidential: { whole: 730 * DAY, idle: 91 * DAY },
} as const;

/** A token is renewed so long before it runs out, in milliseconds: a call in flight must not outlive it. */
export const LEEWAY = 30_000;
