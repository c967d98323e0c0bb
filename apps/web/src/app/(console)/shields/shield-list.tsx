'use client';
import { Button } from '@secateur/ui/button';
import { Skeleton } from '@secateur/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { NoShields } from './no-shields.tsx';
import { Renewal } from './renewal.tsx';
import { ShieldCard } from './shield-card.tsx';

/** A page that holds fewer is the last one. */
const PAGE = 50;

/** The member's shields, newest first, a page at a time. */
export function ShieldList() {
  const t = useTranslations();
  const trpc = useTRPC();
  const [before, setBefore] = useState<Date | null>(null);
  const { data, error, isPending, refetch } = useQuery(trpc.shields.list.queryOptions({ before }));
  if (isPending) return <Skeleton label={t('common.loading')} lines={5} />;
  if (!data) return <TroubleNotice error={error} onRetry={() => void refetch()} />;
  if (data.length === 0 && !before) return <NoShields />;
  const last = data.at(-1);
  return (
    <div className="grid gap-4">
      {data.length === 0 ? <p>{t('shields.end')}</p> : null}
      <Renewal shields={data} />
      <ul aria-label={t('shields.listLabel')} className="grid gap-4">
        {data.map((shield) => (
          <ShieldCard key={shield.id} shield={shield} />
        ))}
      </ul>
      <div className="flex flex-wrap gap-3 empty:hidden">
        {before ? (
          <Button look="quiet" onClick={() => setBefore(null)}>
            {t('shields.newest')}
          </Button>
        ) : null}
        {last && data.length >= PAGE ? (
          <Button look="quiet" onClick={() => setBefore(last.createdAt)}>
            {t('shields.older')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
