import { DEFAULT_HOLD } from '@secateur/core/shields/policy';
import { type PreviewInput, previewInput } from '@secateur/core/shields/schemas';
import { z } from 'zod';

/** The name under which the form for a new shield is kept. */
export const SHIELD_DRAFT = 'shield';

/** The form as it is typed: like what is sent, but nothing has to be there yet. */
export const draftSchema = previewInput.omit({ sources: true }).extend({
  query: z.string(),
  /** The account itself, and the crowd around it. */
  includeAccount: z.boolean(),
  includeFollowers: z.boolean(),
  /** Null until somebody chose: then every account that is ready. */
  connectionIds: z.array(z.string()).nullable(),
});
export type ShieldDraft = z.infer<typeof draftSchema>;

export const EMPTY_DRAFT: ShieldDraft = {
  query: '',
  threshold: 1,
  connectionIds: null,
  action: 'block',
  hold: DEFAULT_HOLD,
  includeAccount: true,
  includeFollowers: true,
  spareFollows: true,
  spareFollowers: true,
  spareMutuals: true,
};

export type Missing = 'query' | 'cover' | 'as' | 'mixed';

/** What has to be added before the form can be sent, in the order of the page. */
export function missingIn(draft: ShieldDraft, connections: readonly { network: string }[]): Missing[] {
  const missing: Missing[] = [];
  if (draft.query.trim() === '') missing.push('query');
  if (!draft.includeAccount && !draft.includeFollowers) missing.push('cover');
  if (connections.length === 0) missing.push('as');
  // A shield acts on one network.
  if (new Set(connections.map(({ network }) => network)).size > 1) missing.push('mixed');
  return missing;
}

/** What is sent. */
export function inputOf(draft: ShieldDraft, connectionIds: string[]): PreviewInput {
  const { query, includeAccount, includeFollowers, ...rest } = draft;
  const kinds = [
    ...(includeAccount ? (['account'] as const) : []),
    ...(includeFollowers ? (['followers'] as const) : []),
  ];
  return {
    ...rest,
    sources: kinds.map((kind) => ({ kind, network: 'bluesky', query: query.trim() })),
    connectionIds,
  };
}
