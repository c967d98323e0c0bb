import { DAY, MINUTE } from '@secateur/base';

/** Facts about an account's own people are younger than this whenever something is decided by them. */
export const PEOPLE_FRESH = 15 * MINUTE;

/** How far back the rule about those with whom one talked looks. */
export const TALKED_FOR = 90 * DAY;

/**
 * Friends of friends: so many of those whom an account follows are asked whom they follow, each for so many pages; whoever so many of
 * them follow is shown to be looked through by hand. Kept for a week.
 */
export const FAMILIAR = { asked: 100, pages: 3, many: 3, kept: 7 * DAY } as const;
