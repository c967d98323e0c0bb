'use client';
import { WAIT_DAYS, WITHIN_DAYS } from '@secateur/core/deletion/schemas';
import type { TenantView } from '@secateur/core/tenants/schemas';
import { Notice } from '@secateur/ui/notice';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';

const STEPS = ['wait', 'leave', 'shred', 'erase', 'keep'] as const;

/** What happens when everything is deleted, in its order, and what to do before. */
export function WhatIsDeleted({ tenant: { name, others } }: { tenant: TenantView }) {
  const t = useTranslations('data.delete');
  const format = useFormatter();
  return (
    <>
      <p className="wrap-anywhere">{t('text', { name, days: WITHIN_DAYS })}</p>
      <ol aria-label={t('stepsLabel')} className="grid list-decimal gap-2 pl-6">
        {STEPS.map((step) => (
          <li key={step} className="pl-1">
            {t(`steps.${step}`, { days: WAIT_DAYS })}
          </li>
        ))}
      </ol>
      <p>{t('told')}</p>
      {others.length > 0 ? (
        <p className="wrap-anywhere">{t('others', { names: format.list(others.map((other) => other.name)) })}</p>
      ) : null}
      <Notice tone="warn" title={t('before')}>
        <ul className="grid list-disc gap-1.5 pl-5">
          <li>{t('beforeTake')}</li>
          <li>
            {t('beforeSooner')}{' '}
            <Link href="/accounts" className="font-medium underline">
              {t('toAccounts')}
            </Link>
          </li>
          <li>{t('beforeApp')}</li>
        </ul>
      </Notice>
    </>
  );
}
