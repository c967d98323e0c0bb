import { HOUR, SECOND } from '@secateur/base/clock';

/** What a pace allows: no more than so many effects in so many seconds. */
export type Pace = { seconds: number; effects: number };

/**
 * When the last of `effects` is confirmed if the first is sent at `now`, nothing else spends the account's budget and
 * the full budget is there. Tokens beyond `tokens` come in at `tokensPerDay`.
 */
export function finishesAt(effects: number, paces: Pace[], tokens: number, tokensPerDay: number, now: Date): Date {
  let ms = 0;
  for (const pace of paces) {
    const windows = Math.max(0, Math.ceil(effects / Math.max(1, pace.effects)) - 1);
    ms = Math.max(ms, windows * pace.seconds * SECOND);
  }
  const missing = Math.max(0, effects - tokens);
  if (missing > 0) ms = Math.max(ms, tokensPerDay > 0 ? (missing / tokensPerDay) * 24 * HOUR : Number.MAX_SAFE_INTEGER);
  return new Date(Math.min(now.getTime() + ms, 8.64e15));
}

/** First and last lift, when each is held for `holdSeconds` from its own confirmation. Jitter lengthens by up to 5 %. */
export function liftSpan(
  holdSeconds: number | null,
  now: Date,
  finish: Date,
): { first: Date | null; last: Date | null } {
  if (holdSeconds === null) return { first: null, last: null };
  return {
    first: new Date(now.getTime() + holdSeconds * SECOND),
    last: new Date(finish.getTime() + Math.round(holdSeconds * SECOND * 1.05)),
  };
}
