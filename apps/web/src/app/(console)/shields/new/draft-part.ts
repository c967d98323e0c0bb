import type { ShieldDraft } from '~/shield/draft.ts';

/** What each part of the form gets. */
export type DraftPartProps = { draft: ShieldDraft; setDraft: (change: Partial<ShieldDraft>) => void };
