'use client';
import type { SourceView } from '@secateur/core/shields/schemas';
import { SourceName } from './source-name.tsx';

/** All sources of a shield, one a line. */
export function SourceNames({ sources }: { sources: readonly SourceView[] }) {
  return (
    <span className="my-1 grid text-sm">
      {sources.map((source) => (
        <span key={source.ordinal}>
          <SourceName source={source} />
        </span>
      ))}
    </span>
  );
}
