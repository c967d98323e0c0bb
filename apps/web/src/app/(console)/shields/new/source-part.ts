import type { ConnectionView } from '@secateur/core/connections/schemas';
import type { DraftSource } from '~/shield/draft-source.ts';

/** What each part of a source gets: `missing` are the ids of what has to be filled in, `usable` the accounts that are ready. */
export type SourcePartProps = {
  source: DraftSource;
  setSource: (source: DraftSource) => void;
  usable: readonly ConnectionView[];
  missing: readonly string[];
};
