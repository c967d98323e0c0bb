'use client';
import { useTranslations } from 'next-intl';

/** What stays, and what is not in our hands. */
export function WhatIsKept() {
  const t = useTranslations('receipt');
  return (
    <>
      <section aria-labelledby="kept" className="grid gap-3">
        <h2 id="kept" className="text-xl">
          {t('keptHeading')}
        </h2>
        <ul className="grid list-disc gap-2 pl-5">
          <li>{t('keptTrail')}</li>
          <li>{t('keptKeys')}</li>
          <li>{t('keptReceipt')}</li>
        </ul>
      </section>
      <section aria-labelledby="elsewhere" className="grid gap-3">
        <h2 id="elsewhere" className="text-xl">
          {t('backupHeading')}
        </h2>
        <p>{t('backup')}</p>
        <p>{t('elsewhere')}</p>
      </section>
    </>
  );
}
