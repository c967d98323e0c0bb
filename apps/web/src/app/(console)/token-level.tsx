'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { useTRPC } from '~/client/trpc.ts';

/** How many tokens there are; a press says what they are. */
export function TokenLevel() {
  const t = useTranslations('tokens');
  const id = useId();
  const trpc = useTRPC();
  const { data } = useQuery(trpc.quotas.get.queryOptions());
  if (!data) return null;
  const share = data.capacity > 0 ? Math.min(1, data.available / data.capacity) : 0;
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className="flex min-h-11 items-center gap-2.5 rounded-control px-2 text-on-band text-sm tabular-nums underline-offset-8 hover:underline"
      >
        <span aria-hidden className="hidden h-2 w-16 overflow-hidden rounded-full border border-band-soft sm:block">
          <span className="block h-full bg-band-soft" style={{ width: `${share * 100}%` }} />
        </span>
        <span>{t('short', { available: Math.floor(data.available) })}</span>
      </button>
      <div
        id={id}
        popover="auto"
        className="fixed inset-auto top-16 right-4 m-0 w-[min(24rem,calc(100vw-2rem))] rounded-card border border-line bg-surface p-5 text-ink shadow-xl"
      >
        <div className="grid gap-2">
          <p className="font-semibold">
            {t('level', { available: Math.floor(data.available), capacity: data.capacity })}
          </p>
          {data.held > 0 ? <p>{t('held', { held: data.held })}</p> : null}
          <p className="text-soft">{t('about', { perDay: data.perDay, capacity: data.capacity })}</p>
        </div>
      </div>
    </>
  );
}
