'use client';
import type { TrailEntry } from '@secateur/core/trail/schemas';
import { Tag } from '@secateur/ui/tag';
import { useFormatter, useTranslations } from 'next-intl';
import type { Ref } from 'react';
import { fold } from '~/activity/fold.ts';
import { Sentence } from '~/activity/sentence.tsx';

/** What was done, newest first: a sentence each. What our staff did stands out. */
export function ActivityList({ entries, ref }: { entries: TrailEntry[]; ref: Ref<HTMLOListElement> }) {
  const t = useTranslations('activity');
  const format = useFormatter();
  return (
    <ol
      ref={ref}
      tabIndex={-1}
      aria-label={t('listLabel')}
      className="divide-y divide-line rounded-card border border-line bg-surface"
    >
      {fold(entries).map((line) => (
        <li key={line.id} className="grid gap-0.5 px-5 py-3">
          <p className="min-w-0 wrap-anywhere">
            <Sentence entry={line} />{' '}
            {line.actorKind === 'operator' ? <Tag tone="warn">{t('filter.kinds.operator')}</Tag> : null}
          </p>
          <p className="text-soft text-sm">
            <time dateTime={line.at.toISOString()}>
              {line.steps > 1 ? t('steps', { steps: line.steps, date: line.at }) : format.dateTime(line.at, 'moment')}
            </time>
          </p>
        </li>
      ))}
    </ol>
  );
}
