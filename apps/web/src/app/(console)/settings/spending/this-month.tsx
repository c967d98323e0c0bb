'use client';
import { Card } from '@secateur/ui/card';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { dollars } from '~/spending/dollars.ts';

/** What was spent this month, of how much. */
export function ThisMonth() {
  const t = useTranslations('spending');
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.spending.get.queryOptions());
  if (error) return <TroubleNotice error={error} />;
  if (!data) return null;
  const { cap, spent, until } = data;
  return (
    <Card>
      <h2 className="text-xl">{t('month')}</h2>
      <p className="mt-2 font-semibold text-2xl">{t('spentOf', { spent: dollars(spent), cap: dollars(cap) })}</p>
      {cap === 0 ? <p className="mt-2">{t('none')}</p> : null}
      {cap > 0 && spent >= cap ? <p className="mt-2">{t('over')}</p> : null}
      <p className="mt-2 text-soft">{t('counted')}</p>
      <p className="mt-2 text-soft">{t('until', { until })}</p>
    </Card>
  );
}
