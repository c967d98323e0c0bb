import { DAY, MINUTE } from '@secateur/base';
import type { SessionHow } from '@secateur/db';

/** Milliseconds for which a passkey, or a proven mailbox, counts as fresh. */
const FRESH = 10 * MINUTE;
/** Milliseconds that something waits which nobody could show a passkey for; and for which it may be done after that. */
export const DELAY = DAY;
export const OPEN = 7 * DAY;
/** Milliseconds that a first passkey has to be there before it spares anybody the day's wait. */
export const SETTLED = DAY;

/** How somebody confirms that it is them. `free`: they needn't. */
export type Way = 'free' | 'passkey' | 'link' | 'day';

type Rule = {
  /** Whose it is: it waits in the tenant that is acted in, or, as one's own, in the first of one's tenants. */
  whose: 'tenant' | 'own';
  /** Without a passkey, as long as there is nothing to lose yet. */
  first: Way;
  /** Without a passkey, from then on. */
  later: Way;
  why: string;
};

/**
 * What needs more than a session, and why. With a passkey it is the passkey. Without: `link` is a mailbox or an account
 * elsewhere that was proven minutes ago (signing in does that too); `day` is a link, and a day's wait that the first
 * address and the second contact hear of. A first passkey of today spares nobody that wait: who sits at somebody's laptop
 * with their mailbox open could otherwise add one, and have what they came for a minute later.
 */
export const RULES = {
  connect: {
    whose: 'tenant',
    first: 'free',
    later: 'link',
    why: 'Whoever connects or renews an account brings its password, and a person under attack can’t wait a day. With nothing connected there is nothing to lose.',
  },
  disconnect: {
    whose: 'tenant',
    first: 'day',
    later: 'day',
    why: 'It ends what keeps a crowd away, and nobody but the harasser is in a hurry.',
  },
  export: {
    whose: 'tenant',
    first: 'day',
    later: 'day',
    why: 'It is the list of whom somebody is afraid of.',
  },
  delete: {
    whose: 'tenant',
    first: 'day',
    later: 'day',
    why: 'It begins the end of everything, and whoever could call it off within the week may not read their mails.',
  },
  contact: {
    whose: 'own',
    first: 'link',
    later: 'day',
    why: 'The second contact hears of what a stranger does; who changes it silences it. The first one has to be easy to name.',
  },
  address: {
    whose: 'own',
    first: 'day',
    later: 'day',
    why: 'Who has the first address has the account.',
  },
  ways: {
    whose: 'own',
    first: 'day',
    later: 'day',
    why: 'An account of a stranger’s that opens this one opens it for good, and who takes one away may shut its owner out.',
  },
  passkeys: {
    whose: 'own',
    first: 'link',
    later: 'link',
    why: 'A first passkey that a stranger adds locks its owner out. With one there already it is that one that is asked for.',
  },
} as const satisfies Record<string, Rule>;

/** What needs more than a session. */
export type Deed = keyof typeof RULES;
export const DEEDS = Object.keys(RULES) as Deed[];

/** What a decision is made from. Times of the session are real ones. */
export type Facts = {
  hasPasskey: boolean;
  /**
   * One of the passkeys was there a day ago, and those that came since were confirmed with one that was there: since then no
   * recovery code stood for one.
   */
  settled: boolean;
  /** Nothing connected, no second contact: nothing that the deed could take. */
  nothingYet: boolean;
  session: { how: SessionHow; createdAt: Date; provenAt: Date; verifiedAt: Date | null };
  /** A wait for this deed is over and was not used. */
  waited: boolean;
};

export type Verdict = { fresh: true; uses: 'nothing' | 'wait' } | { fresh: false; way: Exclude<Way, 'free'> };

/** Whether somebody may do this now, and if not, how they confirm that it is them. */
export function judge(deed: Deed, facts: Facts, now: Date): Verdict {
  const way = wayTo(deed, facts);
  const { how, createdAt, provenAt, verifiedAt } = facts.session;
  if (way === 'free') return { fresh: true, uses: 'nothing' };
  if (way === 'passkey') {
    // Who came in by a recovery code has no passkey left: for some minutes the code stands for it, to add a new one.
    const recovered = deed === 'passkeys' && how === 'recovery' && isFresh(createdAt, now);
    return isFresh(verifiedAt, now) || recovered ? { fresh: true, uses: 'nothing' } : { fresh: false, way };
  }
  if (way === 'link') return isFresh(provenAt, now) ? { fresh: true, uses: 'nothing' } : { fresh: false, way };
  return facts.waited ? { fresh: true, uses: 'wait' } : { fresh: false, way };
}

/** Whether a proof of that moment still counts. */
export function isFresh(at: Date | null, now: Date): boolean {
  return at !== null && now.getTime() - at.getTime() <= FRESH;
}

function wayTo(deed: Deed, { hasPasskey, settled, nothingYet }: Facts): Way {
  const { first, later }: Rule = RULES[deed];
  const without = nothingYet ? first : later;
  if (!hasPasskey) return without;
  return settled || without !== 'day' ? 'passkey' : 'day';
}
