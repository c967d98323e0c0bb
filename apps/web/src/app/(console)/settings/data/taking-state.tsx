'use client';
import { Button } from '@secateur/ui/button';
import { useFormatter, useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import type { Taking } from './use-taking.ts';

const MEGABYTE = 1_000_000;

/** How far the file has come, below the button that asked for it. */
export function TakingState({ taking }: { taking: Taking }) {
  const t = useTranslations('data.take');
  const format = useFormatter();
  const size = format.number(taking.bytes / MEGABYTE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const said = taking.form ? t('busy') : taking.isDone ? t('done') : taking.isStopped ? t('stopped') : null;
  return (
    <div className="grid gap-3">
      <p role="status" className={`font-semibold empty:hidden ${taking.isDone ? 'text-good' : ''}`}>
        {said}
      </p>
      {taking.form ? (
        <div className="flex flex-wrap items-center gap-3">
          {/* Told in sight only: read aloud, a number that grows would never end. */}
          <p aria-hidden className="text-soft tabular-nums">
            {t('soFar', { size })}
          </p>
          <Button look="quiet" size="small" onClick={taking.stop}>
            {t('stop')}
          </Button>
        </div>
      ) : null}
      {taking.error ? (
        <>
          <TroubleNotice error={taking.error} />
          <p className="text-soft">{t('notSaved')}</p>
        </>
      ) : null}
    </div>
  );
}
