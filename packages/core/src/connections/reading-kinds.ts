/**
 * What is read of an account: who follows and is followed, whom it writes to in public, whom those follow whom it follows, whom it
 * blocks and mutes.
 */
export const READING_KINDS = ['people', 'talked', 'familiar', 'blocks', 'mutes'] as const;
export type ReadingKind = (typeof READING_KINDS)[number];
