const SECOND = 1_000;
const DAY = 86_400 * SECOND;
const YEAR = 365.25 * DAY;

/**
 * Milliseconds of the sandbox's clock, as the reference server has them: bluesky-social/atproto
 * packages/oauth/oauth-provider/src/oauth-constants.ts
 */
export const ACCESS = 3_600 * SECOND;
export const REQUEST = 300 * SECOND;
export const CODE = 300 * SECOND;
export const PUBLIC = { whole: 14 * DAY, idle: 14 * DAY } as const;
export const CONFIDENTIAL = { whole: 2 * YEAR, idle: YEAR / 4 } as const;

/** Real milliseconds, since proofs are dated by the machine that makes them: how old one may be, and a nonce. */
export const PROOF = 190 * SECOND;
export const NONCE = 180 * SECOND;
