'use client';
import type { LedgerFilter } from '@secateur/core/ledger/schemas';
import { Button } from '@secateur/ui/button';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { download } from '~/client/download.ts';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useConfirmed } from '~/step-up/use-confirmed.ts';
import { useMay } from '~/tenant/use-may.ts';

/** What is shown, all of its pages, as a table to take along. */
export function TakeLedger({ filter }: { filter: LedgerFilter }) {
  const t = useTranslations('ledger.take');
  const confirmed = useConfirmed();
  const may = useMay();
  const take = useMutation({ mutationFn: () => confirmed(() => download('/api/files/ledger', filter)) });
  if (!may('export')) return null;
  return (
    <section aria-labelledby="take-ledger" className="grid max-w-3xl gap-3">
      <h2 id="take-ledger" className="text-xl">
        {t('heading')}
      </h2>
      <p className="text-soft">{t('text')}</p>
      <div>
        <Button look="quiet" busy={take.isPending} onClick={() => take.mutate()}>
          {take.isPending ? t('busy') : t('submit')}
        </Button>
      </div>
      {take.error ? <TroubleNotice error={take.error} /> : null}
      <p role="status" className="font-semibold text-good empty:hidden">
        {take.isSuccess ? t('done') : null}
      </p>
    </section>
  );
}
