/** One of the sandbox's servers that speak Mastodon's API. */
export type Server = {
  index: number;
  name: string;
  /** Whether it describes its OAuth and knows PKCE and the scope `profile`, as Mastodon does since 4.3. */
  discovery: boolean;
  /** Whether it tells the actor's URI of an account, as Mastodon does since 4.2. */
  tellsUri: boolean;
  /** Whether it shows accounts and lists to strangers. GoToSocial never does, Mastodon under limited federation. */
  open: boolean;
  /** Whether it knows quotes, as Mastodon does since 4.5. */
  quotes: boolean;
  /** Seconds for which its tokens last, each given with a refresh token that works once, as Pleroma's; null for ever, as Mastodon's. */
  tokensLast: number | null;
};

/** Each has a port of its own, since handles and actors' URIs name hosts. */
export const SERVERS: readonly Server[] = [
  { name: 'harbour', discovery: true, tellsUri: true, open: true, quotes: true, tokensLast: null },
  { name: 'quarrel', discovery: true, tellsUri: true, open: true, quotes: true, tokensLast: null },
  { name: 'attic', discovery: false, tellsUri: false, open: true, quotes: false, tokensLast: null },
  { name: 'cellar', discovery: false, tellsUri: true, open: false, quotes: false, tokensLast: 7_200 },
].map((server, index) => ({ ...server, index }));

export function serverByName(name: string): Server | undefined {
  return SERVERS.find((server) => server.name === name);
}
