'use client';
import type { TrailPlace } from '@secateur/core/trail/schemas';
import { Button } from '@secateur/ui/button';
import { Skeleton } from '@secateur/ui/skeleton';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { type Choice, EVERYTHING, filterOf } from '~/activity/choice.ts';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { ActivityFilter } from './activity-filter.tsx';
import { ActivityList } from './activity-list.tsx';
import { NewerEntries } from './newer-entries.tsx';
import { TakeCopy } from './take-copy.tsx';

/** The trail: what to show of it, what was done, and a copy to take along. */
export function Activity() {
  const t = useTranslations();
  const trpc = useTRPC();
  const [choice, setChoice] = useState<Choice>(EVERYTHING);
  const [before, setBefore] = useState<TrailPlace | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const { data, error, isPending, isFetching, isPlaceholderData, refetch } = useQuery(
    trpc.trail.read.queryOptions(
      { ...filterOf(choice), before },
      // What is being read stays as it is until its reader asks for more; who comes back reads anew.
      { placeholderData: keepPreviousData, staleTime: 'static', gcTime: 0 },
    ),
  );
  const isNewest = before === null && data !== undefined && !isPlaceholderData;
  const newer = useQuery(
    trpc.trail.newer.queryOptions({ ...filterOf(choice), after: data?.newest ?? null }, { enabled: isNewest }),
  );
  const show = async () => {
    await refetch();
    list.current?.focus();
  };
  const choose = (next: Choice) => {
    setChoice(next);
    setBefore(null);
  };
  if (isPending) return <Skeleton label={t('common.loading')} lines={8} />;
  if (!data) return <TroubleNotice error={error} onRetry={() => void refetch()} />;
  const { items, next } = data;
  const isAll = choice === EVERYTHING;
  return (
    <div className="grid max-w-3xl gap-8">
      <ActivityFilter choice={choice} onChoose={choose} />
      <div className="grid gap-2">
        <NewerEntries newer={isNewest ? newer.data : undefined} busy={isFetching} onShow={() => void show()} />
        {items.length > 0 ? <ActivityList ref={list} entries={items} /> : null}
      </div>
      {items.length === 0 ? (
        <div className="grid justify-items-start gap-4 rounded-card border border-edge border-dashed px-5 py-6">
          <p>{isAll ? t('activity.empty') : t('activity.emptyFiltered')}</p>
          {isAll ? null : (
            <Button look="quiet" onClick={() => choose(EVERYTHING)}>
              {t('activity.showAll')}
            </Button>
          )}
        </div>
      ) : null}
      <div className="flex flex-wrap gap-3 empty:hidden">
        {before ? (
          <Button look="quiet" onClick={() => setBefore(null)}>
            {t('activity.newest')}
          </Button>
        ) : null}
        {next ? (
          <Button look="quiet" onClick={() => setBefore(next)}>
            {t('activity.older')}
          </Button>
        ) : null}
      </div>
      <TakeCopy choice={choice} />
    </div>
  );
}
