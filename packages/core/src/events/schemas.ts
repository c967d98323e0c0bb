/** What the stream tells a page: that something about a subject changed. The page asks for the rest. Safe for the browser. */
export type EventKind = 'shield' | 'connection' | 'account' | 'member' | 'tenant' | 'trail' | 'list';
export type EventView = { kind: EventKind; subjectId: string };
