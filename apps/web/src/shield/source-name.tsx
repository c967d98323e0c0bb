'use client';
import type { SourceView } from '@secateur/core/shields/schemas';
import { useTranslations } from 'next-intl';
import { Handle } from '~/parts/handle.tsx';

/** What a source is, in words: somebody, who follows them, who liked a post of theirs, a list, a file. */
export function SourceName({ source }: { source: Pick<SourceView, 'kind' | 'subject' | 'query' | 'title'> }) {
  const t = useTranslations('shield.sources');
  const { kind, subject, query, title } = source;
  const named = kind === 'file' || kind === 'shared' || subject === null;
  const who = () => (named ? <bdi className="wrap-anywhere">{query}</bdi> : <Handle handle={subject.handle} />);
  if (kind === 'list' && title !== null) return t.rich('titled', { title: () => <bdi>{title}</bdi>, who });
  return t.rich(kind, { who });
}
