import { contract } from '@secateur/networks/contract';
import { GAPS } from './gaps.ts';
import { snacWorld } from './world.ts';

/** A real server that speaks a part of Mastodon's API, against the whole contract: what it can't show stands in gaps.ts. */
contract(
  'Mastodon, snac2',
  {
    keyed: false,
    keepsFollows: false,
    passwords: false,
    oauth: true,
    renewing: false,
    finerConsent: false,
    putAway: false,
    quotes: false,
    showsPosts: false,
    exactCounts: true,
    timedMutes: false,
    bindsCodes: false,
    foretellsEnd: true,
    looksUpFirst: true,
    blocks: true,
  },
  snacWorld,
  GAPS,
);
