'use client';
import { TARGET_FILTERS, type TargetPage, type targetsInput } from '@secateur/core/shields/schemas';
import { Button } from '@secateur/ui/button';
import { Skeleton } from '@secateur/ui/skeleton';
import { Table, Th } from '@secateur/ui/table';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { z } from 'zod';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { TargetRow } from './target-row.tsx';

type Filter = z.infer<typeof targetsInput>['filter'];
type Place = TargetPage['next'];

/** Everyone the shield covers, a page at a time, with what became of each and why. */
export function Targets({ id }: { id: string }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const [filter, setFilter] = useState<Filter>('all');
  const [places, setPlaces] = useState<Place[]>([null]);
  const after = places.at(-1) ?? null;
  const { data, error, isPending, refetch } = useQuery(
    trpc.shields.targets.queryOptions({ id, filter, after }, { placeholderData: keepPreviousData }),
  );
  const choose = (next: Filter) => {
    setFilter(next);
    setPlaces([null]);
  };
  return (
    <section aria-labelledby="targets" className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="targets" className="text-xl">
          {t('shield.targets.heading')}
        </h2>
        <Link href={`/ledger?shield=${id}`} className="text-brand underline underline-offset-4">
          {t('ledger.openOne')}
        </Link>
        <fieldset className="flex items-center gap-1 rounded-control border border-edge bg-surface p-1">
          <legend className="sr-only">{t('shield.targets.filter')}</legend>
          {TARGET_FILTERS.map((name) => (
            <label
              key={name}
              className="inline-flex min-h-9 items-center rounded-[0.375rem] px-3 font-medium text-sm has-checked:bg-brand has-checked:text-on-brand has-focus-visible:outline-3 has-focus-visible:outline-focus has-focus-visible:outline-offset-2"
            >
              <input
                type="radio"
                name="filter"
                className="sr-only"
                checked={filter === name}
                onChange={() => choose(name)}
              />
              {t(`shield.targets.${name}`)}
            </label>
          ))}
        </fieldset>
      </div>
      {isPending ? <Skeleton label={t('common.loading')} lines={6} /> : null}
      {error && !data ? <TroubleNotice error={error} onRetry={() => void refetch()} /> : null}
      {data?.items.length === 0 ? (
        <p>{filter === 'all' ? t('shield.targets.empty') : t('shield.targets.emptySpared')}</p>
      ) : null}
      {data && data.items.length > 0 ? (
        <>
          <Table
            caption={t('shield.targets.caption')}
            head={
              <tr>
                <Th>{t('shield.targets.person')}</Th>
                <Th className="max-md:hidden">{t('shield.targets.outcome')}</Th>
                <Th className="text-right">
                  <span className="sr-only">{t('shield.targets.undo')}</span>
                </Th>
              </tr>
            }
          >
            {data.items.map((target) => (
              <TargetRow key={`${target.profileId} ${target.accountId}`} id={id} target={target} />
            ))}
          </Table>
          {places.length > 1 || data.next ? (
            <nav aria-label={t('shield.targets.pages')} className="flex flex-wrap items-center gap-4">
              {places.length > 1 ? (
                <Button look="quiet" onClick={() => setPlaces(places.slice(0, -1))}>
                  {t('common.previous')}
                </Button>
              ) : null}
              <span className="text-soft tabular-nums">{t('shield.targets.page', { page: places.length })}</span>
              {data.next ? (
                <Button look="quiet" onClick={() => setPlaces([...places, data.next])}>
                  {t('common.next')}
                </Button>
              ) : null}
            </nav>
          ) : null}
        </>
      ) : null}
    </section>
  );
}
