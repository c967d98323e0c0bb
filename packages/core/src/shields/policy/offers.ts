import type { NetworkName } from '@secateur/networks/port';
import type { Recognised } from './recognise.ts';

/** What can be taken from something that was named, in the order in which it is offered. */
export type Taken = 'account' | 'followers' | 'following' | 'likers' | 'reposters' | 'repliers' | 'quoters' | 'list';

const AROUND: readonly Taken[] = ['account', 'followers', 'following'];

/** What each network shows: the adapters' `crowds` say the same, and a test compares the two. Of a post, `account` is who wrote it. */
export const OFFERS: Record<NetworkName, Record<Recognised['what'], readonly Taken[]>> = {
  bluesky: { account: AROUND, post: ['account', 'likers', 'reposters', 'repliers', 'quoters'], list: ['list'] },
  mastodon: { account: AROUND, post: ['account', 'likers', 'reposters', 'repliers', 'quoters'], list: ['list'] },
  x: { account: AROUND, post: ['reposters', 'repliers', 'quoters'], list: ['list'] },
};

/** What of it is shown to accounts only, which have to let us read it: the adapters' `needs`. */
export const SHOWN_TO_ACCOUNTS: Record<NetworkName, readonly Taken[]> = {
  bluesky: [],
  mastodon: ['quoters', 'list'],
  x: [],
};

/** What is taken unless somebody chooses: quoting a post is often criticism of it, and is nobody's default. */
export const USUAL: Record<Recognised['what'], readonly Taken[]> = {
  account: ['account', 'followers'],
  post: ['account', 'likers', 'reposters'],
  list: ['list'],
};
