import type { PreviewInput } from '@secateur/core/shields/schemas';
import type { ShieldDraft } from '~/shield/draft.ts';

/** What each part of the form gets. */
export type DraftPartProps = { draft: ShieldDraft; setDraft: (change: Partial<ShieldDraft>) => void };

/** The same where it matters what the shield is to do. */
export type ActionPartProps = DraftPartProps & { action: PreviewInput['action'] };
