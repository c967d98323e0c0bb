/** What can be made to go wrong. */
export const FAULT_KINDS = {
  '429': 'answers 429 RateLimitExceeded before doing anything',
  '500': 'answers 500 InternalServerError before doing anything',
  '502': 'answers 502 UpstreamFailure before doing anything',
  '503': 'answers 503 Service Unavailable before doing anything',
  '504': 'answers 504 Gateway Timeout before doing anything',
  'reset-before': 'breaks the connection before doing anything',
  'applied-then-reset': 'does it, then breaks the connection',
  slow: 'waits, then does it',
  'token-revoked': 'ends all sessions of the account',
  raced: 'answers 400 InvalidSwap: somebody else wrote in between (Bluesky)',
  'expired-token': 'says that the access token has expired',
  '403': 'answers 403: the account, or the app, may not (Mastodon)',
  '404': 'answers 404: it knows nobody of the kind (Mastodon)',
  '422': 'answers 422: it can’t be done as asked (Mastodon)',
  html: 'answers 200 with a page for people (Mastodon)',
  'proxy-page': 'answers 403 with a page for people, as what stands before a server does (Mastodon)',
  gone: 'answers 410 to everything (Mastodon)',
  moved: 'leads to another host for good (Mastodon)',
  unconfirmed: 'says that the login lacks a confirmed address (Mastodon)',
  pending: 'says that the login waits for approval (Mastodon)',
  'app-only': 'says that the token is an app’s and nobody’s (Mastodon, X)',
  duplicate: 'does it, and says that somebody else just did (Mastodon)',
  'next-elsewhere': 'lets a list lead on to another host (Mastodon)',
  'next-loop': 'lets a list lead on to the page that it is (Mastodon)',
  'next-endless': 'lets a list lead on for ever (Mastodon)',
  'unknown-yet': 'finds nobody: the other server has not answered yet (Mastodon)',
  '429-by-code': 'answers 429 by a number, as X documents it and does not do it (X)',
  'day-limit': 'answers 429: what the account may do in a day is done (X)',
  '400': 'answers 400: something that was sent is wrong (X)',
  unseen: 'answers 200: the account may not see whom it is about (X)',
  'taken-down': 'answers 200: whom it is about was taken down (X)',
  unpaid: 'answers 402: the app has no credits left (X)',
  'usage-capped': 'answers 429: the month’s cap of what the app may read is reached (X)',
  'spend-capped': 'answers 403: the cap that the app’s owner set for a month is reached (X)',
  'not-enrolled': 'answers 403: the app’s access does not include this (X)',
  'relations-untold': 'leaves out how people stand to whoever asks (X)',
} as const;
export type FaultKind = keyof typeof FAULT_KINDS;

/** A fault to be set up. What is left out does not narrow it. */
export type NewFault = {
  kind: FaultKind;
  /** A method's name, like com.atproto.repo.applyWrites. */
  method?: string;
  /** A handle or DID: whose credentials are used or, without any, whom the request is about. */
  account?: string;
  /** Between 0 and 1; 1 when left out. */
  probability?: number;
  /** Strikes so many times, then is gone. */
  count?: number;
  /** Lets so many matching requests through first. */
  after?: number;
  /** For `slow`: milliseconds of real time. */
  latencyMs?: number;
  /** For `429` and `day-limit`: seconds until it may be tried again. */
  retryAfterSeconds?: number;
  /** Decides which requests a probability picks. */
  seed?: number;
};

export type Fault = NewFault & { id: number; struck: number };
