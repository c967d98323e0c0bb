/** What nobody may miss. Safe for the browser. */
export type OwedAbout = 'moved' | 'ending' | 'ended' | 'renewal' | DeletionNews;
/** What becomes of everything of a tenant: its words are made of how it stands when the mail is sent. */
export type DeletionNews = 'deletion_asked' | 'deletion_stuck' | 'deletion_cancelled';
