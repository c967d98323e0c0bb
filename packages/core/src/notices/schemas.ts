/** What nobody may miss. Safe for the browser. */
export type OwedAbout = 'moved' | 'ending' | 'ended';
