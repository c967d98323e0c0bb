/** What is read of an account: who follows and is followed, whom it writes to in public, whom it blocks and mutes. */
export const READING_KINDS = ['people', 'talked', 'blocks', 'mutes'] as const;
export type ReadingKind = (typeof READING_KINDS)[number];
